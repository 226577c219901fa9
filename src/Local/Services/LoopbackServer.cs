using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Analytics.Local.Services;

/// <summary>Creates servers that listen only on 127.0.0.1 and write no log.</summary>
public static class LoopbackServer
{
    /// <summary>Creates a server without starting it.</summary>
    /// <param name="port">The port, or 0 for a free port.</param>
    /// <param name="configure">Additional configuration; optional.</param>
    public static WebApplication Create(int port = 0, Action<KestrelServerOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Analytics.Local" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port);
            options.AddServerHeader = false;
            configure?.Invoke(options);
        });
        return builder.Build();
    }

    /// <summary>Returns the address of a started server.</summary>
    public static Uri GetAddress(WebApplication server) =>
        new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Stops a server without waiting for requests.</summary>
    public static async Task StopNowAsync(WebApplication server)
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
    }
}
