using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Analytics.Local.Services;

/// <summary>A server for this machine alone: it listens on 127.0.0.1 and writes no log.</summary>
public static class LoopbackServer
{
    /// <summary>Makes a server that is not started.</summary>
    /// <param name="port">Its port; 0 for any free one.</param>
    /// <param name="configure">What else is set; null for nothing.</param>
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

    /// <summary>Where a started server listens.</summary>
    public static Uri AddressOf(WebApplication server) =>
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
