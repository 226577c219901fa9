using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Analytics.Alerting.Reading;
using Analytics.Alerting.Windows;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.Parts;
using Analytics.Dashboard.State;
using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Tests.Parts;

/// <summary>The content of the document's parts.</summary>
public sealed class PartsTests
{
    [Fact]
    public void RateCoversTheLastSecondsAndFallsToZero()
    {
        var meter = new RateMeter();
        Assert.Equal(0, meter.Add(TimeSpan.Zero, 0));
        for (var second = 1; second <= 10; second++)
        {
            Assert.Equal(100, meter.Add(TimeSpan.FromSeconds(second), second * 100));
        }

        Assert.Equal(75, meter.Add(TimeSpan.FromSeconds(11), 1_000));
        for (var second = 12; second <= 15; second++)
        {
            _ = meter.Add(TimeSpan.FromSeconds(second), 1_000);
        }

        Assert.Equal(0, meter.Add(TimeSpan.FromSeconds(16), 1_000));
    }

    [Fact]
    public void HistoryKeepsGrowthPerSecondAndSpreadsLateGrowth()
    {
        var history = new SecondsHistory(4);
        history.Add(100, 10);
        history.Add(101, 15);
        history.Add(101, 17);
        history.Add(103, 21);

        Assert.Equal([0, 5, 3, 3], history.Rates);
    }

    [Fact]
    public async Task ExpectedRangesAreByCounterAndWindow()
    {
        var definitions = Definitions.Parse(Encoding.UTF8.GetBytes(
            """
            {"counters":[{"name":"sales","pattern":{"event_type":["purchase"]},"measure":"sum","field":"amount","by":["currency"],"windows":["minute"]}],
             "alerts":[{"name":"a","type":"anomaly","counter":"sales","subject":"A"},{"name":"b","type":"anomaly","counter":"sales","per":"value","subject":"B"},
                       {"name":"off","type":"anomaly","counter":"sales","subject":"C","enabled":false}]}
            """));
        var start = new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero);
        var part = new ExpectedPart(
            definitions,
            (rules, _) => Task.FromResult<IReadOnlyList<ExpectedSeries>>(
            [
                .. rules.SelectMany(rule => Enumerable.Range(0, rule.IsPerValue ? 9 : 1).Select(number => new ExpectedSeries(
                    rule.Name, rule.IsPerValue ? $"C{number}" : null, [new ExpectedPoint(start, 5, 1, 9, 0.25f), new ExpectedPoint(start.AddMinutes(1), 6, 2, 10, 0)]))),
                new ExpectedSeries("a", "empty", []),
            ]),
            TimeSpan.FromSeconds(1));

        var entries = (await part.ReadAsync(CancellationToken.None))!.Json;
        var (key, json) = Assert.Single(entries);
        Assert.Equal("expected/sales/minute", key);
        Assert.True(part.Owns(key));
        var bands = JsonDocument.Parse(json).RootElement.GetProperty("bands").EnumerateArray().ToList();
        Assert.Equal(["a", "b", "b", "b", "b", "b"], bands.Select(band => band.GetProperty("rule").GetString()));
        Assert.Equal(JsonValueKind.Null, bands[0].GetProperty("value").ValueKind);
        Assert.Equal([1772368200, 1772368260], bands[0].GetProperty("starts").EnumerateArray().Select(one => one.GetInt64()));
        Assert.Equal([9f, 10f], bands[1].GetProperty("high").EnumerateArray().Select(one => one.GetSingle()));
        Assert.Equal([0.25f, 0f], bands[1].GetProperty("score").EnumerateArray().Select(one => one.GetSingle()));
    }

    [Fact]
    public void AFeedKeepsTheLatestAndCountsAll()
    {
        var feed = new Feed("alert");
        for (var i = 0; i < Feed.Kept + 5; i++)
        {
            feed.Add(new FeedItem(DateTimeOffset.UnixEpoch, $"alert {i}", []));
        }

        feed.Skip(3);
        var entries = feed.Read()!.Json;
        Assert.Equal(Feed.Kept + 1, entries.Count);
        Assert.Equal(Feed.Kept + 8, JsonDocument.Parse(entries["feed/alert"]).RootElement.GetProperty("total").GetInt64());
        Assert.All(entries.Keys, key => Assert.True(feed.Owns(key)));
        Assert.Null(feed.Read());
        Assert.NotNull(feed.Read("1 in the queue"));
    }

    [Fact]
    public void AlertListsTheEventsFieldsFirst()
    {
        var item = AlertsPart.Read(
            """{"Timestamp":"2026-01-01T10:00:00.000Z","Subject":"High-Value Order Detected","Message":"{\"rule\":\"high\",\"amount\":700.5,\"user_id\":\"<b>u</b>\",\"currency\":null,\"shard_id\":\"shardId-0\"}"}""");

        Assert.Equal("High-Value Order Detected", item.Title);
        Assert.Equal([new("amount", "700.5"), new("user_id", "<b>u</b>"), new("rule", "high", true), new("shard_id", "shardId-0", true)], item.Fields);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Timestamp":5,"Message":{}}""")]
    public void MessageThatIsNotAnAlertIsShownUnchanged(string body) =>
        Assert.Equal(body, Assert.Single(AlertsPart.Read(body).Fields).Text);

    [Fact]
    public async Task QuarantinedBytesAreShownAsInertText()
    {
        var data = Convert.ToBase64String([.. "<script>\\"u8, 0x00, 0x1B, 0xFF]);
        using var content = new MemoryStream();
        using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(
                $$"""{"reason":"not_json","position":3,"data":"{{data}}","shard_id":"s","sequence_number":"1","sub_sequence_number":0,"partition_key":"k","approximate_arrival_timestamp":"2026-01-01T10:00:00.000Z"}""" + "\n"));
        }

        content.Position = 0;
        var (items, count) = await QuarantinePart.ReadLinesAsync(content, CancellationToken.None);

        Assert.Equal(1, count);
        var item = Assert.Single(items);
        Assert.Equal("not_json", item.Title);
        Assert.Equal(@"<script>\x5C\x00\x1B\xFF", item.Fields[0].Text);
    }

    [Fact]
    public async Task FailingPartIsShownOnThePageAndRetried()
    {
        var feed = new DashboardFeed();
        using var stop = new CancellationTokenSource();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var running = PartRunner.RunAsync(new FailingOncePart(), feed, TimeProvider.System, stop.Token);
        var sawTrouble = false;
        while (!sawTrouble || Text(feed).Contains("trouble/", StringComparison.Ordinal))
        {
            sawTrouble |= Text(feed).Contains("Failing: no luck", StringComparison.Ordinal);
            await feed.WaitForNewerAsync(feed.Current.Version).WaitAsync(limit.Token);
            limit.Token.ThrowIfCancellationRequested();
        }

        Assert.Contains("feed/alert", Text(feed), StringComparison.Ordinal);
        await stop.CancelAsync();
        await running;
    }

    private static string Text(DashboardFeed feed)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        feed.Current.WriteSince(0, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private sealed class FailingOncePart : IDashboardPart
    {
        private int _readings;

        public string Name => "Failing";

        public TimeSpan Period { get; } = TimeSpan.FromMilliseconds(10);

        public bool Owns(string key) => key == "feed/alert";

        public Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
        {
            if (_readings++ == 0)
            {
                throw new InvalidDataException("no luck");
            }

            var entries = new DashboardEntries();
            entries.Add("feed/alert", new FeedEntry(_readings, ""));
            return Task.FromResult<DashboardEntries?>(entries);
        }
    }
}
