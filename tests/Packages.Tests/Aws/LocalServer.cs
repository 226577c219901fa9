using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Analytics.Packages.Tests.Aws;

/// <summary>A received request.</summary>
internal sealed record ReceivedRequest(string Method, string RawUrl, Dictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>A response to return.</summary>
internal sealed record Answer(int Status, string Body, params (string Name, string Value)[] Headers);

/// <summary>Serves configured responses on 127.0.0.1 in order, and records the requests.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly ConcurrentQueue<Answer> _answers;
    private readonly Task _serving;

    public LocalServer(params Answer[] answers)
    {
        _answers = new ConcurrentQueue<Answer>(answers);
        (_listener, Url) = Listen();
        _serving = ServeAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(10));
    }

    private static (HttpListener Listener, string Url) Listen()
    {
        while (true)
        {
            var url = $"http://127.0.0.1:{FreePort()}/";
            var listener = new HttpListener { Prefixes = { url } };
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException)
            {
                // Another process took the port meanwhile.
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var headers = context.Request.Headers.AllKeys.ToDictionary(key => key!, key => context.Request.Headers[key]!, StringComparer.OrdinalIgnoreCase);
            Requests.Enqueue(new ReceivedRequest(context.Request.HttpMethod, context.Request.RawUrl!, headers, body.ToArray()));
            var answer = _answers.TryDequeue(out var next) ? next : new Answer(500, "no answer is left");
            context.Response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer.Body));
            context.Response.Close();
        }
    }
}
