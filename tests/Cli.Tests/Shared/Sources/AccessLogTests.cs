using System.Text;
using System.Text.Json;
using Analytics.Cli.Shared.Sending;
using Analytics.Cli.Shared.Sources;

namespace Analytics.Cli.Tests.Shared.Sources;

public sealed class AccessLogTests
{
    private const string Desktop = "Mozilla/5.0 (X11; Linux x86_64; rv:27.0) Gecko/20100101 Firefox/27.0";

    [Fact]
    public void ALineBelowFourHundredIsAPageView()
    {
        var record = Convert($"203.0.113.7 - ann [17/May/2015:12:05:03 +0200] \"GET /a/b?x=1&y HTTP/1.1\" 200 203023 \"http://example.com/\" \"{Desktop}\"");
        var json = JsonDocument.Parse(record.Data).RootElement;

        Assert.Equal("203.0.113.7", record.PartitionKey);
        Assert.Equal("page_view", json.GetProperty("event_type").GetString());
        Assert.Equal("203.0.113.7", json.GetProperty("user_id").GetString());
        Assert.Equal("/a/b", json.GetProperty("page_url").GetString());
        Assert.Equal("http://example.com/", json.GetProperty("referrer").GetString());
        Assert.Equal("desktop", json.GetProperty("device_type").GetString());
        Assert.Equal("2015-05-17T10:05:03Z", json.GetProperty("timestamp").GetString());
        Assert.False(json.TryGetProperty("error_code", out _));
        Assert.Equal(6, json.EnumerateObject().Count());
    }

    [Fact]
    public void AStatusFromFourHundredIsAnError()
    {
        var json = JsonDocument.Parse(Convert("198.51.100.1 - - [20/May/2015:21:05:15 +0000] \"POST /x HTTP/1.1\" 404 - \"-\" \"-\"").Data).RootElement;

        Assert.Equal("error", json.GetProperty("event_type").GetString());
        Assert.Equal("404", json.GetProperty("error_code").GetString());
        Assert.Equal("POST /x HTTP/1.1", json.GetProperty("message").GetString());
        Assert.False(json.TryGetProperty("referrer", out _));
        Assert.False(json.TryGetProperty("device_type", out _));
    }

    [Theory]
    [InlineData("-", "-")]
    [InlineData("GET /", "/")]
    [InlineData("GET /a b c HTTP/1.1", "/a b c")]
    [InlineData("GET http://example.com/p?q HTTP/1.1", "/p")]
    [InlineData("GET http://example.com HTTP/1.1", "/")]
    [InlineData("GET /go?to=http://example.com/p HTTP/1.1", "/go")]
    [InlineData("GET /go/http://example.com/p HTTP/1.1", "/go/http://example.com/p")]
    [InlineData("OPTIONS * HTTP/1.0", "*")]
    [InlineData("\\x16\\x03\\x01", "\\x16\\x03\\x01")]
    [InlineData("GET /say\\\"hi\\\" HTTP/1.1", "/say\"hi\"")]
    [InlineData("GET /back\\\\slash HTTP/1.1", "/back\\slash")]
    [InlineData("", "")]
    public void PathIsTheRequestTargetWithoutItsQuery(string request, string path)
    {
        Assert.True(AccessLogLine.TryParse($"h - - [01/Jan/2026:00:00:00 +0000] \"{request}\" 400 0 \"-\" \"-\"", out var line));
        Assert.Equal(path, line!.Path);
    }

    [Fact]
    public void AnEscapedQuoteDoesNotEndTheText()
    {
        Assert.True(AccessLogLine.TryParse("h - - [01/Jan/2026:00:00:00 +0000] \"GET /\\\"x\\\" HTTP/1.1\" 200 1 \"http://a/?q=\\\"b\\\"\" \"agent \\\"1\\\"\"", out var line));
        Assert.Equal("http://a/?q=\"b\"", line!.Referrer);
        Assert.Equal("agent \"1\"", line.Agent);
    }

    [Theory]
    [InlineData("h - - [01/Jan/2026:00:00:00 +0000] \"GET / HTTP/1.1\" 200 235 \"-\" \"Mozilla/5.0 (compatible; Googlebot/2.1", "Mozilla/5.0 (compatible; Googlebot/2.1")]
    [InlineData("h - - [01/Jan/2026:00:00:00 +0000] \"GET / HTTP/1.1\" 200 235", null)]
    [InlineData("h - user name [01/Jan/2026:00:00:00 +0000] \"GET / HTTP/1.1\" 200 - \"-\" \"x\"", "x")]
    public void TruncatedOrUnusualLineIsReadAsFarAsPossible(string text, string? agent)
    {
        Assert.True(AccessLogLine.TryParse(text, out var line));
        Assert.Equal(agent, line!.Agent);
        Assert.Equal(200, line.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a log line")]
    [InlineData("h - - [yesterday] \"GET / HTTP/1.1\" 200 1")]
    [InlineData("h - - [01/Jan/2026:00:00:00 +0000] GET / HTTP/1.1 200 1")]
    [InlineData("h - - [01/Jan/2026:00:00:00 +0000] \"GET / HTTP/1.1")]
    [InlineData("{\"user_id\":\"a\"}")]
    public void UnreadableLineIsSentUnchanged(string text)
    {
        var record = Convert(text);
        Assert.Equal(text, Encoding.UTF8.GetString(record.Data.Span));
        Assert.Equal("line-7", record.PartitionKey);
    }

    [Fact]
    public void LineThatIsNotUtf8IsReadAsLatin1()
    {
        var line = Encoding.Latin1.GetBytes("h - - [01/Jan/2026:00:00:00 +0000] \"GET /caf\u00e9 HTTP/1.1\" 200 1 \"-\" \"-\"");
        var json = JsonDocument.Parse(new AccessLog(TimeSpan.Zero).ToRecord(line, 1).Data).RootElement;
        Assert.Equal("/café", json.GetProperty("page_url").GetString());
    }

    [Theory]
    [InlineData(Desktop, "desktop")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 6_0 like Mac OS X) AppleWebKit/536.26 Version/6.0 Mobile/10A5376e Safari/8536.25", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 6_0) Mobile/10A5376e (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "bot")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 7_0_4 like Mac OS X) Mobile/11B554a Safari/9537.53", "tablet")]
    [InlineData("Mozilla/5.0 (Linux; Android 4.4; Nexus 5) Chrome/30.0 Mobile Safari/537.36", "mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 4.4; Nexus 10) Chrome/30.0 Safari/537.36", "tablet")]
    [InlineData("UniversalFeedParser/4.2-pre-314-svn +http://feedparser.org/", "bot")]
    [InlineData("curl/7.22.0", "bot")]
    [InlineData(null, null)]
    public void DeviceIsDerivedFromTheUserAgent(string? agent, string? device) => Assert.Equal(device, UserAgent.DeviceType(agent));

    private static OutgoingRecord Convert(string line) => new AccessLog(TimeSpan.Zero).ToRecord(Encoding.UTF8.GetBytes(line), 7);
}
