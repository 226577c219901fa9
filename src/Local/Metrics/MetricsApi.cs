using Analytics.Local.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Analytics.Local.Metrics;

/// <summary>Serves the metrics of a running deployment to other processes on this machine: a GET returns lines of JSON.</summary>
internal sealed class MetricsApi : IAsyncDisposable
{
    private readonly WebApplication _server;

    private MetricsApi(WebApplication server)
    {
        _server = server;
        Endpoint = LoopbackServer.GetAddress(server);
    }

    public Uri Endpoint { get; }

    public static async Task<MetricsApi> StartAsync(Func<IReadOnlyList<MetricValue>> read, CancellationToken cancellationToken)
    {
        var server = LoopbackServer.Create();
        server.MapGet("/", context =>
        {
            context.Response.ContentType = "application/x-ndjson";
            return context.Response.WriteAsync(string.Concat(read().Select(value => MetricJson.Write(value) + "\n")), context.RequestAborted);
        });
        await server.StartAsync(cancellationToken);
        return new MetricsApi(server);
    }

    public async ValueTask DisposeAsync() => await LoopbackServer.StopNowAsync(_server);
}
