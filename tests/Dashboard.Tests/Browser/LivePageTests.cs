using System.Text.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Analytics.Dashboard.Tests.Browser;

/// <summary>The live page of a real <c>analytics up</c>, in a real browser.</summary>
/// <param name="pipeline">The pipeline and the browser.</param>
[Collection("Browser")]
public sealed class LivePageTests(LivePipeline pipeline) : IClassFixture<LivePipeline>
{
    private const string Markup = """<img src=x onerror="alert(1)"><script>alert(2)</script>'"></title><b>""";

    [Fact]
    public async Task PageShowsExactCountersAlertsAndMalformedRecordsWithoutRunningTheirContent()
    {
        await using var live = await WatchedPage.OpenAsync(pipeline.Browser, pipeline.Address);
        await live.UntilAsync("document.querySelector('#connection')?.dataset.state === 'live'");
        var views = await live.CounterAsync("page_views_total");
        var orders = await live.CounterAsync("orders");
        var alerts = await TotalAsync(live, "alert");
        var quarantined = await TotalAsync(live, "quarantine");

        await pipeline.ProduceAsync(
        [
            .. Enumerable.Range(0, 120).Select(i => Event(new { event_type = "page_view", user_id = $"{Markup}{i}", page_url = $"/{Markup}{i % 3}" })),
            .. Enumerable.Range(0, 30).Select(i => Event(new { event_type = "purchase", user_id = Markup, amount = i < 2 ? 600 : 20, currency = Markup, product_id = Markup })),
            .. Enumerable.Range(0, 7).Select(_ => Event(new { event_type = "error", error_code = Markup, message = Markup })),
            "not json " + Markup, "\"" + Markup.Replace("\"", "", StringComparison.Ordinal) + "\"", "[1, 2",
        ]);

        await live.UntilCounterIsAsync("page_views_total", views + 120);
        await live.UntilCounterIsAsync("orders", orders + 30);
        await UntilTotalIsAsync(live, "alert", alerts + 2);
        await UntilTotalIsAsync(live, "quarantine", quarantined + 3);
        await live.UntilCounterIsAsync("page_views", views + 120);
        await Assertions.Expect(live.Page.Locator("#alert-feed li").First).ToContainTextAsync("High-Value Order Detected");
        await Assertions.Expect(live.Page.Locator("#alert-feed li").First).ToContainTextAsync(Markup.Replace('"', '\''));
        await Assertions.Expect(live.Page.Locator("#quarantine-feed")).ToContainTextAsync("not_json");
        await Assertions.Expect(live.Page.Locator("#quarantine-feed")).ToContainTextAsync("<script>alert(2)</script>");
        foreach (var details in await live.Page.Locator("details:visible").AllAsync())
        {
            await details.EvaluateAsync("element => { element.open = true; }");
        }

        Assert.Equal(0, await live.Page.Locator("main img, main script, main b:empty").CountAsync());
        Assert.Empty(live.Faults);
    }

    [Fact]
    public async Task TheControlsSendSplitAndBreakAndThePageShowsIt()
    {
        await using var live = await WatchedPage.OpenAsync(pipeline.Browser, pipeline.Address);
        var errors = await live.CounterAsync("errors");
        var shards = await live.Page.Locator("#shards-strip [data-state=open]").CountAsync();

        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Split a shard" }).ClickAsync();
        await live.UntilAsync($"document.querySelectorAll('#shards-strip [data-state=open]').length === {shards + 1}");
        await live.Page.Locator("#control-fault").SelectOptionAsync("kill-before");
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Inject" }).ClickAsync();
        await live.UntilAsync("/kill-before will hit/.test(document.querySelector('.answer').textContent)");
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Error spike" }).ClickAsync();

        await live.UntilCounterIsAsync("errors", errors + 200);
        await live.UntilAsync("document.querySelector('#functions td.bad') !== null");
        Assert.Empty(live.Faults);
    }

    [Theory]
    [InlineData(1_440, ColorScheme.Light)]
    [InlineData(1_440, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task PageHasNoAxeViolationsAndNoClippedText(int width, ColorScheme scheme)
    {
        await using var live = await WatchedPage.OpenAsync(pipeline.Browser, pipeline.Address, width, scheme: scheme);
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "High-value order" }).ClickAsync();
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Malformed records" }).ClickAsync();
        await live.UntilAsync("document.querySelectorAll('#alert-feed li').length > 0 && document.querySelectorAll('#quarantine-feed li').length > 0 && document.querySelectorAll('.headline').length > 10");

        var result = await live.Page.RunAxe();

        Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        Assert.Equal(width, await live.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(live.Faults);
    }

    [Fact]
    public async Task AFunctionsLogOpensByKeyboard()
    {
        await using var live = await WatchedPage.OpenAsync(pipeline.Browser, pipeline.Address);
        await pipeline.ProduceAsync([Event(new { event_type = "click" })]);
        var archive = live.Page.Locator("#flow-picture [data-id=Archive]");
        await archive.FocusAsync();
        await live.Page.Keyboard.PressAsync("Enter");

        await live.UntilAsync("document.querySelector('#log-text').textContent.includes('REPORT RequestId')");
        Assert.Equal("Archive", await live.Page.Locator("#log-function").InputValueAsync());
        Assert.Equal("log-text", await live.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Empty(live.Faults);
    }

    [Fact]
    public async Task WithoutTheTokenThePageOnlyShows()
    {
        await using var live = await WatchedPage.OpenAsync(pipeline.Browser, new Uri(pipeline.Address.GetLeftPart(UriPartial.Path)));

        await live.UntilAsync("document.querySelector('#controls-form fieldset')?.disabled === true");
        await Assertions.Expect(live.Page.Locator(".answer")).ToContainTextAsync("Open the address");
        Assert.Empty(live.Faults);
    }

    private static string Event(object value) => JsonSerializer.Serialize(value);

    private static async Task<long> TotalAsync(WatchedPage live, string feed)
    {
        await live.UntilAsync($"document.querySelector('[data-total={feed}]')?.textContent !== ''");
        return await live.Page.EvaluateAsync<long>($"parseInt(document.querySelector('[data-total={feed}]').textContent.replaceAll(',', ''), 10)");
    }

    private static Task UntilTotalIsAsync(WatchedPage live, string feed, long total) =>
        live.UntilAsync($"parseInt(document.querySelector('[data-total={feed}]').textContent.replaceAll(',', ''), 10) === {total}");
}
