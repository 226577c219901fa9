using Analytics.Counting;
using Analytics.Dashboard.Counters;
using Analytics.Dashboard.Model;
using Analytics.Events.Definitions;
using Microsoft.Playwright;

namespace Analytics.Dashboard.Tests.Browser;

/// <summary>The page with a document that a test makes.</summary>
[Collection("Browser")]
public sealed class PageTests : IAsyncLifetime
{
    private readonly FakePart _part = new();
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.StartAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    [Fact]
    public async Task PageShowsALostConnectionAndResumes()
    {
        Fill(total: 1);
        var first = await StartAsync(port: 0);
        await using var live = await WatchedPage.OpenAsync(_browser, first.Address);
        await live.UntilAsync("document.querySelector('[data-total=alert]').textContent === '1'");

        await first.DisposeAsync();
        await live.UntilAsync("document.querySelector('#connection').dataset.state === 'lost'");
        Fill(total: 2);
        await using var second = await StartAsync(first.Address.Port);

        await live.UntilAsync("document.querySelector('[data-total=alert]').textContent === '2'");
        await live.UntilAsync("document.querySelector('#connection').dataset.state === 'live'");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1_440)]
    public async Task AHundredShardsAndTenThousandValuesAreShown(int width)
    {
        var counter = Definitions.Parse("""{"counters":[{"name":"clicks","pattern":{"event_type":["click"]},"measure":"count","by":["page_url"],"windows":["day"]}],"alerts":[]}"""u8).Counters[0];
        var starts = CounterSpan.Starts(CounterWindow.Day, DateTimeOffset.UtcNow);
        var values = Enumerable.Range(1, 10_000).Select(i => new CounterValue { Counter = "clicks", Window = CounterWindow.Day, Start = starts[^1], Key = $"/{i}", Count = i, Definition = "test", IsComplete = true });
        _part.Fill(entries =>
        {
            entries.Add("info", new InfoEntry("Test", true, "us-east-1", DateTimeOffset.UnixEpoch, []));
            entries.Add("counter/clicks", new CounterEntry(0, "Clicks by page.", "count", null, ["page_url"], ["day"], null));
            entries.Add("series/clicks/day", SeriesBuilder.Build(counter, starts, values));
            for (var i = 0; i < 100; i++)
            {
                entries.Add($"shard/shardId-{i:D12}", new ShardEntry(true, i / 100.0, (i + 1) / 100.0, i, 1, 0, i == 7 ? 2 : 0, 5));
            }
        });
        await using var server = await StartAsync(port: 0);
        await using var live = await WatchedPage.OpenAsync(_browser, server.Address, width);

        await live.UntilAsync("document.querySelectorAll('#shards-strip .shard').length === 100");
        await live.UntilCounterIsAsync("clicks", 50_005_000);
        await Assertions.Expect(live.Page.Locator("article.counter summary")).ToHaveTextAsync("Top 50 of 10,000 values");
        await Assertions.Expect(live.Page.Locator("article.counter .name").First).ToHaveTextAsync("/10000");

        // Every shard can be reached by keyboard, however narrow its block is.
        await live.Page.Locator(".strip").FocusAsync();
        await live.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(live.Page.Locator("#shards-strip .detail")).ToContainTextAsync("shardId-000000000099");
        await live.Page.Keyboard.PressAsync("Home");
        for (var i = 0; i < 7; i++)
        {
            await live.Page.Keyboard.PressAsync("ArrowRight");
        }

        await Assertions.Expect(live.Page.Locator("#shards-strip .detail")).ToContainTextAsync("failing, attempt 3");
        Assert.Equal(width, await live.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(live.Faults);
    }

    [Fact]
    public async Task NewCounterAppearsWithoutAReload()
    {
        Fill(total: 1);
        await using var server = await StartAsync(port: 0);
        await using var live = await WatchedPage.OpenAsync(_browser, server.Address);
        await live.UntilAsync("document.querySelector('[data-total=alert]').textContent === '1'");

        _part.Fill(entries =>
        {
            entries.Add("counter/refund_rate", new CounterEntry(0, "Refunds.", "rate", null, [], ["minute"], null));
            entries.Add("series/refund_rate/minute", new SeriesEntry([60, 120], [new LineEntry("(all)", [0.1, 0.25])], 0.25m, 1, [new ValueEntry("(all)", 4, 0.25m, null)]));
        });

        await Assertions.Expect(live.Page.Locator("[data-counter=refund_rate]")).ToHaveTextAsync("25%");
        await live.UntilAsync("document.querySelector('article[aria-label=\"Refund rate\"] canvas') !== null");
        Assert.Empty(live.Faults);
    }

    [Fact]
    public async Task ExpectedRangeIsDrawnBehindItsLineAndDescribed()
    {
        void FillWith(float score) => _part.Fill(entries =>
        {
            entries.Add("counter/events", new CounterEntry(0, "Events.", "count", null, ["event_type"], ["minute"], null));
            entries.Add("series/events/minute", new SeriesEntry(
                [60, 120, 180], [new LineEntry("click", [1, 2, 3]), new LineEntry("view", [4, 5, 6])], 21m, 2, [new ValueEntry("view", 15, null, null), new ValueEntry("click", 6, null, null)]));
            entries.Add("expected/events/minute", new ExpectedEntry([new BandEntry("event_rate", null, [60, 120], [5, 7], [2, 3], [9, 11], [0, score])]));
        });
        FillWith(0.25f);
        await using var server = await StartAsync(port: 0);
        await using var live = await WatchedPage.OpenAsync(_browser, server.Address);

        var expected = live.Page.Locator("article.counter .expected");
        await Assertions.Expect(expected).ToHaveTextAsync("Total: expected 3 to 11, score 0.25");
        await Assertions.Expect(expected).ToHaveAttributeAsync("data-unusual", "false");
        await Assertions.Expect(live.Page.Locator("article.counter .values .name")).ToHaveTextAsync(["total", "click", "view"]);
        await live.UntilAsync("document.querySelector('article.counter canvas') !== null");

        FillWith(0.75f);
        await Assertions.Expect(expected).ToHaveAttributeAsync("data-unusual", "true");
        Assert.Empty(live.Faults);
    }

    private void Fill(long total) => _part.Fill(entries => entries.Add("feed/alert", new FeedEntry(total, "")));

    private Task<DashboardServer> StartAsync(int port) => DashboardServer.StartAsync(
        new DashboardOptions { Folder = Repository.Root, Parts = [_part], Clients = [], Port = port }, CancellationToken.None);
}
