using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Analytics.Packages.Tests.Lambda;

/// <summary>A Runtime API that returns the invocations a test queued and records the function's responses.</summary>
internal sealed class FakeRuntimeApi : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Answer> _next = Channel.CreateUnbounded<Answer>();
    private readonly Channel<Post> _posts = Channel.CreateUnbounded<Post>();
    private readonly ConcurrentQueue<int> _postStatuses = new();
    private readonly Task _accepting;

    public FakeRuntimeApi()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    public static string NextPath => "/2018-06-01/runtime/invocation/next";

    public void Invoke(string requestId, string body, bool isChunked = false, params (string Name, string Value)[] headers)
    {
        var lines = new StringBuilder($"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: {requestId}\r\n");
        foreach (var (name, value) in headers)
        {
            lines.Append($"{name}: {value}\r\n");
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        if (isChunked)
        {
            lines.Append("Transfer-Encoding: chunked\r\n\r\n");
            foreach (var chunk in bytes.Chunk(7))
            {
                lines.Append($"{chunk.Length:x}\r\n{Encoding.UTF8.GetString(chunk)}\r\n");
            }

            lines.Append("0\r\n\r\n");
        }
        else
        {
            lines.Append($"Content-Length: {bytes.Length}\r\n\r\n{body}");
        }

        _next.Writer.TryWrite(new Answer(lines.ToString(), Drop: false));
    }

    public void AnswerNextWith(int status) => _next.Writer.TryWrite(new Answer(Status(status), Drop: false));

    public void DropNext(string before = "") => _next.Writer.TryWrite(new Answer(before, Drop: true));

    public void AnswerPostWith(int status) => _postStatuses.Enqueue(status);

    public async Task<Post> PostAsync() => await _posts.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private static string Status(int status) => $"HTTP/1.1 {status} Status\r\nContent-Length: 0\r\n\r\n";

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        await using var stream = client.GetStream();
        try
        {
            while (await ReadRequestAsync(stream) is { } request)
            {
                Answer answer;
                if (request.Path == NextPath)
                {
                    answer = await _next.Reader.ReadAsync(_stop.Token);
                }
                else
                {
                    var status = _postStatuses.TryDequeue(out var queued) ? queued : 202;
                    answer = new Answer(Status(status), Drop: false);
                    _posts.Writer.TryWrite(request);
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.Text), _stop.Token);
                if (answer.Drop)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The function has ended, or the test is over.
        }
    }

    private async Task<Post?> ReadRequestAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new Post(lines[0].Split(' ')[1], headers, Encoding.UTF8.GetString(body));
    }

    internal sealed record Post(string Path, IReadOnlyDictionary<string, string> Headers, string Body);

    private sealed record Answer(string Text, bool Drop);
}
