using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Analytics.Local.Metrics;

/// <summary>Gives the metrics of a running deployment to other processes of this machine: a GET answers with lines of JSON.</summary>
internal sealed class MetricsApi : IAsyncDisposable
{
    private readonly WebApplication _server;

    private MetricsApi(WebApplication server) => _server = server;

    public Uri Endpoint { get; private set; } = null!;

    public static async Task<MetricsApi> StartAsync(Func<IReadOnlyList<MetricValue>> read, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Analytics.Local" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.AddServerHeader = false;
        });
        var server = builder.Build();
        server.MapGet("/", context =>
        {
            context.Response.ContentType = "application/x-ndjson";
            return context.Response.WriteAsync(string.Concat(read().Select(value => MetricJson.Write(value) + "\n")), context.RequestAborted);
        });
        await server.StartAsync(cancellationToken);
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new MetricsApi(server) { Endpoint = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }
}
