using System.Net;
using System.Text;
using Analytics.Dashboard.Model;

namespace Analytics.Dashboard.Tests.Serving;

/// <summary>Access rules and responses of the page's server.</summary>
public sealed class DashboardServerTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly FakePart _part = new();
    private readonly FakeControls _controls = new();
    private DashboardServer _server = null!;

    private Uri Root => new(_server.Address.GetLeftPart(UriPartial.Authority));

    private string Token => _server.Address.Fragment[1..];

    public async Task InitializeAsync() => _server = await DashboardServer.StartAsync(
        new DashboardOptions { Folder = Repository.Root, Parts = [_part], Clients = [], Controls = _controls, LogFile = id => id == "Archive" ? LogFile : null },
        CancellationToken.None);

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private static string LogFile => Path.Combine(Repository.Root, "README.md");

    [Fact]
    public async Task ListensOnLocalhostOnlyAndSetsEverySecurityHeader()
    {
        using var answer = await _http.GetAsync(Root);

        Assert.Equal("127.0.0.1", Root.Host);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("evil.example.com")]
    [InlineData("127.0.0.1.evil.example.com")]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("[::1]")]
    public async Task RequestForAnotherHostNameIsRejected(string host)
    {
        foreach (var path in (string[])["/", "/events", "/log/Archive", "/main.js"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Root, path));
            request.Headers.Host = host == "127.0.0.1" ? host : $"{host}:{Root.Port}";
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("Origin", "https://evil.example.com")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task APageOfAnotherSiteIsNotAnswered(string header, string value)
    {
        using var events = new HttpRequestMessage(HttpMethod.Get, new Uri(Root, "/events"));
        events.Headers.Add(header, value);
        using var control = Control("""{"send":"malformed"}""", Token);
        control.Headers.Add(header, value);

        using var eventsAnswer = await _http.SendAsync(events, HttpCompletionOption.ResponseHeadersRead);
        using var controlAnswer = await _http.SendAsync(control);

        Assert.Equal(HttpStatusCode.Forbidden, eventsAnswer.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, controlAnswer.StatusCode);
        Assert.Empty(_controls.Done);
    }

    [Fact]
    public async Task ChangesRequireTheToken()
    {
        foreach (var token in (string?[])[null, "", "0123456789abcdef0123456789abcdef", Token[..^1], Token + "0"])
        {
            using var request = Control("""{"send":"malformed"}""", token);
            using var answer = await _http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Empty(_controls.Done);
        using var good = Control("""{"send":"malformed"}""", Token);
        using var accepted = await _http.SendAsync(good);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal(["send Malformed"], _controls.Done);
    }

    [Fact]
    public async Task NoAnswerHoldsTheToken()
    {
        foreach (var path in (string[])["/", "/main.js", "/controls.js"])
        {
            Assert.DoesNotContain(Token, await _http.GetStringAsync(new Uri(Root, path)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"send\":\"everything\"}")]
    public async Task InvalidRequestIsRejected(string body)
    {
        using var request = Control(body, Token);
        using var answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task ALargeRequestIsRejected()
    {
        using var request = Control(new string(' ', 100_000), Token);
        try
        {
            using var answer = await _http.SendAsync(request);
            Assert.False(answer.IsSuccessStatusCode);
        }
        catch (HttpRequestException)
        {
            // The server may close the connection before it has read all.
        }

        Assert.Empty(_controls.Done);
    }

    [Theory]
    [InlineData("/../DashboardServer.cs")]
    [InlineData("/%2e%2e/DashboardServer.cs")]
    [InlineData("/..%2fDashboardServer.cs")]
    [InlineData("/package.json")]
    [InlineData("/node_modules/uplot/package.json")]
    [InlineData("/log/..%2f..%2fREADME.md")]
    [InlineData("/log/Nobody")]
    public async Task UnknownPageFileIsNotFound(string path)
    {
        using var answer = await _http.GetAsync(Root + path[1..]);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task EveryFileOfThePageIsServedWithItsType()
    {
        foreach (var (path, type) in new[] { ("/", "text/html"), ("/styles.css", "text/css"), ("/main.js", "text/javascript"), ("/uplot.js", "text/javascript"), ("/uplot.css", "text/css"), ("/icon.svg", "image/svg+xml") })
        {
            using var answer = await _http.GetAsync(new Uri(Root, path));
            Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task ReconnectedReaderReceivesLaterChanges()
    {
        _part.Fill(entries =>
        {
            entries.Add("feed/alert", new FeedEntry(1, ""));
            entries.Add("feed/failure", new FeedEntry(7, ""));
        });
        _ = await ReadEventAsync(null, data => data.Contains("feed/failure", StringComparison.Ordinal));
        var first = await ReadEventAsync(null, _ => true);
        Assert.Equal("document", first.Event);
        Assert.Contains("feed/failure", first.Data, StringComparison.Ordinal);

        _part.Fill(entries =>
        {
            entries.Add("feed/alert", new FeedEntry(2, ""));
            entries.Add("feed/failure", new FeedEntry(7, ""));
        });
        var second = await ReadEventAsync(first.Id, data => data.Contains("\"total\":2", StringComparison.Ordinal));
        Assert.Equal("change", second.Event);
        Assert.DoesNotContain("feed/failure", second.Data, StringComparison.Ordinal);

        var stranger = await ReadEventAsync("00000000-1", _ => true);
        Assert.Equal("document", stranger.Event);
        Assert.Contains("feed/failure", stranger.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadersBeyondTheLimitAreRejected()
    {
        var open = new List<HttpResponseMessage>();
        try
        {
            for (var i = 0; i < Dashboard.Serving.EventStream.MaxReaders; i++)
            {
                open.Add(await _http.GetAsync(new Uri(Root, "/events"), HttpCompletionOption.ResponseHeadersRead));
                Assert.Equal(HttpStatusCode.OK, open[^1].StatusCode);
            }

            using var last = await _http.GetAsync(new Uri(Root, "/events"), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, last.StatusCode);
        }
        finally
        {
            open.ForEach(answer => answer.Dispose());
        }
    }

    private HttpRequestMessage Control(string body, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Root, "/controls")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (token is not null)
        {
            request.Headers.Add("X-Analytics-Token", token);
        }

        return request;
    }

    /// <summary>The first event whose data satisfies the condition.</summary>
    private async Task<(string Id, string Event, string Data)> ReadEventAsync(string? lastId, Func<string, bool> isRight)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Root, "/events"));
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var (id, name) = ("", "");
        while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && isRight(line))
            {
                return (id, name, line[6..]);
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
