using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Chain;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;

namespace Analytics.Counting.Tests.RollingUp;

public sealed class CounterRollupTests
{
    private const string Pages = """{"name":"pages","pattern":{"event_type":["page_view"]},"measure":"sum","field":"amount","by":["page_url"],"windows":["minute","day"],"limit":10}""";

    private readonly FakeCounterTable _table = new();
    private readonly FakeTime _clock = new(Some.Noon);

    [Fact]
    public async Task AWindowIsOneItemThatAPersonCanRead()
    {
        await CommitAsync(Some.Plan(Pages), Some.Shard, 1, View("/a", "19.99"), View("/a", "0.01"), View("", "-5"));
        Assert.Equal(new RollupResult(1, 1, 2, 2, Some.Noon), await RollUpAsync());
        var window = Window("pages|minute|2026-11-21", "2026-11-21T12:00Z");
        Assert.Equal(["pk", "sk", "values", "start", "end", "complete", "arrivedUpTo", "measure", "definitions", "eventTimeBounds", "generation", "expiresAt"], window.Keys);
        Assert.Equal(("2026-11-21T12:00:00.000Z", "2026-11-21T12:01:00.000Z", "sum"), (window["start"].S, window["end"].S, window["measure"].S));
        Assert.Equal((false, "2026-11-21T12:00:00.000Z", "1"), (window["complete"].BOOL, window["arrivedUpTo"].S, window["generation"].N));
        Assert.Equal(["P7D/PT1H"], window["eventTimeBounds"].SS);
        Assert.Equal(["/a", "(empty)"], window["values"].M.Keys);
        Assert.Equal(("2", "20"), (window["values"].M["/a"].M["count"].N, window["values"].M["/a"].M["sum"].N));
        Assert.Equal("-5", Window("pages|day|2026", "2026-11-21T00:00Z")["values"].M["(empty)"].M["sum"].N);
    }

    [Fact]
    public async Task TheMinutesOfADayAreOneQueryOfOneItemEach()
    {
        var plan = Some.Plan(Pages);
        for (var shard = 0; shard < 3; shard++)
        {
            await CommitAsync(plan, $"shard-{shard}", 1, [.. Enumerable.Range(0, 720).Select(minute => View($"/{minute % 5}", "1", $"2026-11-21T{minute / 60:D2}:{minute % 60:D2}:30Z"))]);
        }

        _ = await RollUpAsync();
        Assert.Equal(720, _table.Items.Count(item => item["pk"].S == "pages|minute|2026-11-21"));
    }

    [Fact]
    public async Task FirstValuesInStreamOrderAreKept()
    {
        var plan = Some.Plan(Pages);
        await CommitAsync(plan, "shard-2", 1, CreateViews(100, 5));
        _ = await RollUpAsync();
        await CommitAsync(plan, "shard-1", 1, CreateViews(0, 4));
        await CommitAsync(plan, "shard-0", 1, CreateViews(200, 3));
        await CommitAsync(plan, "shard-2", 6, [.. CreateViews(100, 5), .. CreateViews(300, 4)]);
        _ = await RollUpAsync();
        var values = Window("pages|day|2026", "2026-11-21T00:00Z")["values"].M;

        // shard-2 in the first generation; then shard-0, shard-1, and shard-2 again.
        Assert.Equal(["/100", "/101", "/102", "/103", "/104", "/200", "/201", "/202", "/0", "/1", "(other)"], values.Keys);
        Assert.Equal(("2", "6"), (values["/100"].M["count"].N, values["(other)"].M["count"].N));
    }

    [Fact]
    public async Task ManyValuesKeepAsManyAsTheLimitAndCountTheRestAsOther()
    {
        var plan = Some.Plan(Pages.Replace("\"limit\":10", "\"limit\":1000", StringComparison.Ordinal));
        for (var batch = 0; batch < 20; batch++)
        {
            await CommitAsync(plan, $"shard-{batch % 8}", (batch * 1000) + 1, CreateViews(batch * 1000, 1000));
        }

        _ = await RollUpAsync();
        var values = Window("pages|day|2026", "2026-11-21T00:00Z")["values"].M;
        Assert.Equal(1001, values.Count);
        Assert.Equal("19000", values["(other)"].M["count"].N);
    }

    [Fact]
    public async Task AWindowThatOutgrowsAnItemHasPagesAndOnlyChangedOnesAreWritten()
    {
        var plan = Some.Plan(Pages.Replace("\"limit\":10", "\"limit\":1000", StringComparison.Ordinal));
        var settings = RollupSettings.Default with { MaxPageBytes = 4000 };
        await CommitAsync(plan, Some.Shard, 1, CreateViews(0, 500));
        var first = await RollUpAsync(settings);
        Assert.InRange(first.Items, 6, 100);
        Assert.All(_table.Items.Where(item => item["pk"].S.StartsWith("pages", StringComparison.Ordinal)), item => Assert.InRange(ItemSize.Compute(item), 1, 8000));
        await CommitAsync(plan, Some.Shard, 501, CreateViews(499, 1));
        Assert.InRange((await RollUpAsync(settings)).Items, 2, 4);
        var values = (await ReadAsync()).Where(value => value.Window == Events.Definitions.CounterWindow.Day).ToList();
        Assert.Equal((500, 501), (values.Count, values.Sum(value => value.Count)));
    }

    [Fact]
    public async Task PageOfAnotherGenerationThanTheHeadIsIgnored()
    {
        var plan = Some.Plan(Pages.Replace("\"limit\":10", "\"limit\":1000", StringComparison.Ordinal));
        await CommitAsync(plan, Some.Shard, 1, CreateViews(0, 500));
        _ = await RollUpAsync(RollupSettings.Default with { MaxPageBytes = 4000 });
        var page = _table.Items.First(item => item["sk"].S.EndsWith("0001a", StringComparison.Ordinal));
        page[Attributes.Generation] = Attributes.Number(99);
        _table.Put(page);
        await Assert.ThrowsAsync<CounterTableException>(() => ReadAsync());
    }

    [Fact]
    public async Task NumbersOfAnotherDefinitionAreNeverAddedUp()
    {
        await CommitAsync(Some.Plan(Pages), Some.Shard, 1, View("/a", "10"));
        _ = await RollUpAsync();
        await CommitAsync(Some.Plan(Pages.Replace("\"sum\"", "\"max\"", StringComparison.Ordinal)), Some.Shard, 2, View("/a", "4"));
        _ = await RollUpAsync();
        var days = _table.Items.Where(item => item["pk"].S == "pages|day|2026").ToList();
        Assert.Equal(["max", "sum"], days.Select(item => item["measure"].S).Order());
        Assert.All(days, item => Assert.Equal("1", item["values"].M["/a"].M["count"].N));
        Assert.Equal(4, (await ReadAsync()).Select(value => (value.Window, value.Definition)).Distinct().Count());
    }

    [Fact]
    public async Task ALimitARetentionAndADescriptionMayChangeWithoutANewWindow()
    {
        await CommitAsync(Some.Plan(Pages), Some.Shard, 1, View("/a", "10"));
        var other = Pages.Replace("\"limit\":10", "\"limit\":20,\"retention\":\"5d\",\"description\":\"d\"", StringComparison.Ordinal);
        await CommitAsync(Some.Plan(other), Some.Shard, 2, View("/a", "4"));
        _ = await RollUpAsync();
        Assert.Equal("14", Window("pages|day|2026", "2026-11-21T00:00Z")["values"].M["/a"].M["sum"].N);
    }

    [Fact]
    public async Task AWindowBecomesCompleteWhenEveryShardHasPassedItsEnd()
    {
        var plan = Some.Plan(Pages);
        await CommitAsync(plan, "shard-0", 1, View("/a", "1"));
        await CommitAsync(plan, "shard-1", 1, View("/a", "1"));
        _ = await RollUpAsync();
        Assert.False(Window("pages|minute|2026-11-21", "2026-11-21T12:00Z")["complete"].BOOL);
        _clock.Now = Some.Noon.AddSeconds(90);
        await CommitAsync(plan, "shard-0", 2, Some.Noon.AddSeconds(90), View("/a", "1"));
        _ = await RollUpAsync();
        Assert.False(Window("pages|minute|2026-11-21", "2026-11-21T12:00Z")["complete"].BOOL);

        // The other shard is idle for so long that it has no records.
        _clock.Now = Some.Noon.AddMinutes(4);
        var result = await RollUpAsync();
        Assert.Equal((1, 0, 1), (result.Generations, result.Links, result.Windows));
        Assert.True(Window("pages|minute|2026-11-21", "2026-11-21T12:00Z")["complete"].BOOL);
        Assert.False(Window("pages|day|2026", "2026-11-21T00:00Z")["complete"].BOOL);
        Assert.Equal(0, (await RollUpAsync()).Generations);
    }

    [Fact]
    public async Task ALateEventCountsInItsOwnWindow()
    {
        var plan = Some.Plan(Pages);
        await CommitAsync(plan, Some.Shard, 1, View("/a", "1"));
        _ = await RollUpAsync();
        _clock.Now = Some.Noon.AddDays(2);
        await CommitAsync(plan, Some.Shard, 2, _clock.Now, View("/a", "1", "2026-11-21T12:00:30Z"));
        _ = await RollUpAsync();
        var window = Window("pages|minute|2026-11-21", "2026-11-21T12:00Z");
        Assert.Equal(("2", true), (window["values"].M["/a"].M["count"].N, window["complete"].BOOL));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero).AddDays(90).ToUnixTimeSeconds(), Attributes.GetNumber(window, "expiresAt"));
    }

    [Fact]
    public async Task MissingLinkIsAnErrorAndNothingIsWritten()
    {
        var plan = Some.Plan(Pages);
        await CommitAsync(plan, Some.Shard, 1, View("/a", "1"));
        await CommitAsync(plan, Some.Shard, 2, View("/a", "1"));
        _table.Remove(new ItemKey($"delta|{Some.Shard}", "-"));
        var exception = await Assert.ThrowsAsync<CounterTableException>(() => RollUpAsync());
        Assert.Contains($"The chain of shard {Some.Shard} in the counters table has no link that continues from -", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_table.Items, item => item["pk"].S is "#rollup");
        await Assert.ThrowsAsync<CounterTableException>(() => ReadAsync());
    }

    [Fact]
    public async Task MissingDefinitionsAreAnErrorThatNamesThem()
    {
        var plan = Some.Plan(Pages);
        await CommitAsync(plan, Some.Shard, 1, View("/a", "1"));
        _table.Remove(new ItemKey("#definitions", plan.Set.Hash));
        var exception = await Assert.ThrowsAsync<CounterTableException>(() => RollUpAsync());
        Assert.StartsWith($"Item #definitions, {plan.Set.Hash} of the counters table is missing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BacklogIsRolledUpInGenerationsOfBoundedSize()
    {
        var plan = Some.Plan(Pages);
        for (var batch = 0; batch < 30; batch++)
        {
            await CommitAsync(plan, $"shard-{batch % 3}", (batch * 10) + 1, CreateViews(0, 10));
        }

        var result = await RollUpAsync(RollupSettings.Default with { MaxLinkBytes = 500 });
        Assert.InRange(result.Generations, 3, 10);
        Assert.Equal(30, result.Links);
        Assert.Equal(300, (await ReadAsync()).Where(value => value.Window == Events.Definitions.CounterWindow.Day).Sum(value => value.Count));
    }

    [Fact]
    public async Task RunEndsUnderASteadyLoad()
    {
        var plan = Some.Plan(Pages);
        await CommitAsync(plan, Some.Shard, 1, View("/a", "1"));
        var number = 1;
        var busy = new BusyTable(_table, async () => await CommitAsync(plan, Some.Shard, ++number, View("/a", "1")));

        var result = await new CounterRollup(busy, _clock, RollupSettings.Default).RunAsync(CancellationToken.None);

        Assert.Equal((1, 1, 2), (result.Generations, result.Links, number));
        Assert.Equal(1, (await RollUpAsync()).Links);
    }

    [Fact]
    public async Task NoShardIsStarvedWhenGenerationsAreFull()
    {
        var plan = Some.Plan(Pages);
        var next = new int[3];
        Task AddAsync(int shard) => CommitAsync(plan, $"shard-{shard}", ++next[shard], _clock.Now, View($"/{shard}", "1"));
        await AddAsync(0);
        await AddAsync(1);
        await AddAsync(2);
        using var stopping = new CancellationTokenSource();
        var plans = 0;
        var busy = new BusyTable(_table, async () =>
        {
            if (++plans == 6)
            {
                await stopping.CancelAsync();
                return;
            }

            _clock.Now += TimeSpan.FromSeconds(1);
            await AddAsync(0);
            await AddAsync(1);
        });

        // Each generation takes a link, and meanwhile two come: it never catches up.
        var rollup = new CounterRollup(busy, _clock, RollupSettings.Default with { MaxLinkBytes = 1, MaxParallelCalls = 1 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rollup.RunAsync(stopping.Token));

        Assert.Equal("1", Window("pages|day|2026", "2026-11-21T00:00Z")["values"].M["/2"].M["count"].N);
    }

    [Fact]
    public async Task WindowIsIncompleteWhileAShardWaitsForTheNextGeneration()
    {
        var plan = Some.Plan(Pages);
        _clock.Now = Some.Noon.AddMinutes(10);
        await CommitAsync(plan, "shard-0", 1, View("/a", "1"));
        await CommitAsync(plan, "shard-0", 2, Some.Noon.AddMinutes(9), View("/a", "1"));
        await CommitAsync(plan, "shard-1", 1, View("/a", "1"));
        using var stopping = new CancellationTokenSource();
        var busy = new BusyTable(_table, () => Task.CompletedTask, done: stopping.CancelAsync);
        var bytes = Link("shard-0").Package.Length + 1;

        var rollup = new CounterRollup(busy, _clock, RollupSettings.Default with { MaxLinkBytes = bytes, MaxParallelCalls = 1 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rollup.RunAsync(stopping.Token));

        Assert.False(Window("pages|minute|2026-11-21", "2026-11-21T12:00Z")["complete"].BOOL);
    }

    private Link Link(string shard) => Analytics.Counting.Chain.Link.FromItem(_table.Items.First(item => item["pk"].S == $"delta|{shard}"));

    private async Task CommitAsync(CounterPlan plan, string shard, int first, params string[] events) =>
        await CommitAsync(plan, shard, first, Some.Noon, events);

    private async Task CommitAsync(CounterPlan plan, string shard, int first, DateTimeOffset arrival, params string[] events)
    {
        var records = events.Select((json, index) => Some.Record(shard, first + index, json, arrival)).ToArray();
        var result = await new CounterCommitter(plan, _table, _clock, ChainSettings.Default).CommitAsync(Some.Fold(plan, records), CancellationToken.None);
        Assert.True(result.Lowest is null, result.Cause?.ToString());
    }

    private Task<RollupResult> RollUpAsync(RollupSettings? settings = null) =>
        new CounterRollup(_table, _clock, settings ?? RollupSettings.Default).RunAsync(CancellationToken.None);

    private Dictionary<string, AttributeValue> Window(string partition, string start) =>
        Assert.Single(_table.Items, item => item["pk"].S == partition && item["sk"].S.StartsWith(start, StringComparison.Ordinal) && item["sk"].S.Split('|').Length == 2);

    private Task<IReadOnlyList<CounterValue>> ReadAsync() => new CounterReader(_table, _ => _table.Items.ToAsyncEnumerable()).ScanAsync();

    private static string View(string page, string amount, string time = "2026-11-21T12:00:00Z") =>
        $$"""{"event_type":"page_view","page_url":"{{page}}","amount":{{amount}},"timestamp":"{{time}}"}""";

    private static string[] CreateViews(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(value => View(string.Create(CultureInfo.InvariantCulture, $"/{value}"), "1"))];

    /// <summary>A table in which something happens whenever a generation is planned or done.</summary>
    private sealed class BusyTable(ICounterTable table, Func<Task> planned, Func<Task>? done = null) : ICounterTable
    {
        public async Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, PutCondition condition, CancellationToken cancellationToken)
        {
            var isPut = await table.TryPutAsync(item, condition, cancellationToken);
            if (Attributes.GetKey(item) == Analytics.Counting.Keys.CounterKeys.Plan)
            {
                await (condition.Kind != PutConditionKind.Planned ? planned() : done?.Invoke() ?? Task.CompletedTask);
            }

            return isPut;
        }

        public Task<Dictionary<string, AttributeValue>?> GetAsync(ItemKey key, CancellationToken cancellationToken) => table.GetAsync(key, cancellationToken);

        public IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(KeyRange range, CancellationToken cancellationToken) =>
            table.QueryAsync(range, cancellationToken);
    }
}
