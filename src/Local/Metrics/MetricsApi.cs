using Analytics.Local.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Analytics.Local.Metrics;

/// <summary>Gives the metrics of a running deployment to other processes of this machine: a GET answers with lines of JSON.</summary>
internal sealed class MetricsApi : IAsyncDisposable
{
    private readonly WebApplication _server;

    private MetricsApi(WebApplication server)
    {
        _server = server;
        Endpoint = LoopbackServer.AddressOf(server);
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
