using System.Buffers;
using System.Globalization;
using System.Text;
using Analytics.Dashboard.State;
using Microsoft.AspNetCore.Http;

namespace Analytics.Dashboard.Serving;

/// <summary>
/// Sends the document and its changes as server-sent events. An event's ID is <c>EPOCH-VERSION</c>; a browser that reconnects sends the
/// last one and receives the changes since. Changes for a slow reader are combined.
/// </summary>
/// <param name="feed">The document.</param>
/// <param name="clock">The clock for pauses.</param>
internal sealed class EventStream(DashboardFeed feed, TimeProvider clock)
{
    /// <summary>The maximum number of concurrent readers; browsers open one per tab.</summary>
    public const int MaxReaders = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private int _readers;

    /// <summary>Sends until the reader disconnects.</summary>
    public async Task SendAsync(HttpContext context, CancellationToken stopping)
    {
        if (Interlocked.Increment(ref _readers) > MaxReaders)
        {
            Interlocked.Decrement(ref _readers);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            await SendAsync(context.Response, ReadVersion(context.Request.Headers["Last-Event-ID"].ToString()), ending.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The reader has disconnected, or the server is stopping.
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    private async Task SendAsync(HttpResponse response, long? version, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var state = feed.Current;
            if (version is null || !state.Remembers(version.Value) || state.Version > version)
            {
                buffer.ResetWrittenCount();
                WriteEvent(buffer, state, version is { } known && state.Remembers(known) ? known : null);
                await response.Body.WriteAsync(buffer.WrittenMemory, cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
                version = state.Version;
                await Task.Delay(Pause, clock, cancellationToken);
                continue;
            }

            try
            {
                await feed.WaitForNewerAsync(state.Version).WaitAsync(Heartbeat, clock, cancellationToken);
            }
            catch (TimeoutException)
            {
                await response.Body.WriteAsync(":\n\n"u8.ToArray(), cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
        }
    }

    private void WriteEvent(ArrayBufferWriter<byte> buffer, DashboardState state, long? since)
    {
        buffer.Write(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"id: {feed.Epoch}-{state.Version}\nevent: {(since is null ? "document" : "change")}\ndata: ")));
        state.WriteSince(since ?? 0, buffer);
        buffer.Write("\n\n"u8);
    }

    private long? ReadVersion(string id) =>
        id.StartsWith(feed.Epoch + "-", StringComparison.Ordinal)
        && long.TryParse(id.AsSpan(feed.Epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
}
