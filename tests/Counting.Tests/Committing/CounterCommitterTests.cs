using System.Globalization;
using Analytics.Counting.Committing;
using Analytics.Counting.Keys;
using Analytics.Streaming;

namespace Analytics.Counting.Tests.Committing;

public sealed class CounterCommitterTests
{
    private const string Views = """{"name":"views","pattern":{"event_type":["page_view"]},"measure":"count","by":["page_url"],"windows":["day"]}""";
    private const string Slowest = """{"name":"slowest","pattern":{"event_type":["page_view"]},"measure":"max","field":"load_time","windows":["day"]}""";

    private readonly FakeCounterTable _table = new();
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task AFreshBatchOfThreeHundredKeysTakesThreeHundredWritesAndNoMore()
    {
        var plan = Some.Plan(Views);
        var commit = await NewEnvironment(plan).CommitAsync(Some.Fold(plan, 1, ViewsOf(0, 3000, 300)), CancellationToken.None);
        Assert.Null(commit.Result.Lowest);
        Assert.Equal((300, 300, 0), (commit.Writes, _table.PartialWrites, _table.OtherWrites));
        Assert.Equal(3000, _table.Items.Values.Sum(item => item.Partial.Count));
    }

    [Fact]
    public async Task AWarmEnvironmentReadsNothing()
    {
        var plan = Some.Plan(Views, Slowest);
        var environment = NewEnvironment(plan);
        _ = await environment.CommitAsync(Some.Fold(plan, 1, ViewsOf(0, 100, 20)), CancellationToken.None);
        var reads = _table.Reads;
        var commit = await environment.CommitAsync(Some.Fold(plan, 101, ViewsOf(0, 100, 20)), CancellationToken.None);
        Assert.Equal((reads, 21), (_table.Reads, commit.Writes));
        Assert.Equal(200, _table.Items[KeyOf("slowest", "(all)")].Partial.Count);
    }

    [Fact]
    public async Task AnEnvironmentThatIsOlderThanTheWindowLooksForTheShardsListOnly()
    {
        var plan = Some.Plan(Views);
        var environment = NewEnvironment(plan);
        _clock.Now = Some.Noon.AddDays(2);
        _ = await environment.CommitAsync(Some.Fold(plan, Some.Record(Some.Shard, 1, View("/a"), _clock.Now)), CancellationToken.None);
        Assert.Equal((1, 1, 0), (_table.Reads, _table.PartialWrites, _table.OtherWrites));
    }

    [Fact]
    public async Task ABatchThatComesAgainChangesNothing()
    {
        var plan = Some.Plan(Views, Slowest);
        _ = await NewEnvironment(plan).CommitAsync(Some.Fold(plan, 1, ViewsOf(0, 100, 20)), CancellationToken.None);
        var before = _table.Items.ToDictionary(item => item.Key, item => item.Value.Partial.Count);
        var commit = await NewEnvironment(plan).CommitAsync(Some.Fold(plan, 1, ViewsOf(0, 100, 20)), CancellationToken.None);
        Assert.Null(commit.Result.Lowest);
        Assert.Equal(before, _table.Items.ToDictionary(item => item.Key, item => item.Value.Partial.Count));
    }

    [Fact]
    public async Task ALostAnswerThatTheSdkSendsAgainIsASuccess()
    {
        var plan = Some.Plan(Views, Slowest);
        var environment = new CounterCommitter(plan, new FaultyCounterTable(_table, () => Fault.SentTwice, () => { }), _clock, MemoryBounds.Default);
        var commit = await environment.CommitAsync(Some.Fold(plan, 1, ViewsOf(0, 100, 20)), CancellationToken.None);
        Assert.Null(commit.Result.Lowest);
        Assert.Equal(100, _table.Items[KeyOf("slowest", "(all)")].Partial.Count);
        Assert.Equal(200, _table.Items.Values.Sum(item => item.Partial.Count));
    }

    [Fact]
    public async Task WhatIsNotWrittenComesAgainFromItsFirstRecord()
    {
        var plan = Some.Plan(Slowest, """{"name":"clicks","pattern":{"event_type":["click"]},"measure":"count","windows":["day"]}""");
        string[] events = [View("/a"), """{"event_type":"other"}""", """{"event_type":"click"}""", View("/a"), """{"event_type":"click"}"""];
        var calls = 0;
        var environment = new CounterCommitter(plan, new FaultyCounterTable(_table, () => ++calls == 2 ? Fault.Refused : Fault.None, () => { }), _clock, MemoryBounds.Default);
        var commit = await environment.CommitAsync(Some.Fold(plan, 1, events), CancellationToken.None);
        var isClicks = !_table.Items.ContainsKey(KeyOf("clicks", "(all)"));
        Assert.Single(_table.Items);
        Assert.Equal(SequenceNumber.Parse(Some.SequenceNumber(isClicks ? 3 : 1)), commit.Result.Lowest);
        Assert.IsType<TimeoutException>(commit.Result.Cause);
    }

    [Fact]
    public async Task ABatchOfNothingToCountWritesNothing()
    {
        var plan = Some.Plan(Views);
        var commit = await NewEnvironment(plan).CommitAsync(Some.Fold(plan, 1, "{}", "malformed"), CancellationToken.None);
        Assert.Equal((null, 0), (commit.Result.Lowest, commit.Writes));
        Assert.Empty(_table.Items);
    }

    [Fact]
    public async Task AnAggregateOfTheKplIsOneRecord()
    {
        var plan = Some.Plan(Views);
        var reader = plan.Reader;
        var fold = new CounterFold(plan, new BatchInfo("", Some.Shard, Some.Noon));
        var record = Some.Record(Some.Shard, 1, View("/a"));
        for (var copy = 0; copy < 3; copy++)
        {
            foreach (ref readonly var user in reader.Read(record.Data))
            {
                fold.Add(record, user);
            }
        }

        _ = await NewEnvironment(plan).CommitAsync(fold, CancellationToken.None);
        Assert.Equal((1, 3), (fold.Records, _table.Items[KeyOf("views", "/a")].Partial.Count));
    }

    [Fact]
    public async Task WhatIsOverALimitCountsAsOther()
    {
        var plan = Some.Plan(Views.Replace("\"windows\"", "\"limit\":10,\"windows\"", StringComparison.Ordinal));
        var environment = NewEnvironment(plan);
        _ = await environment.CommitAsync(Some.Fold(plan, 1, ViewsOf(0, 8, 8)), CancellationToken.None);
        _ = await environment.CommitAsync(Some.Fold(plan, 9, ViewsOf(4, 40, 20)), CancellationToken.None);
        Assert.Equal(11, _table.Items.Count);
        Assert.Equal(28, _table.Items[KeyOf("views", "(other)")].Partial.Count);
        Assert.Equal(48, _table.Items.Values.Sum(item => item.Partial.Count));
    }

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(16, 1_000_000)]
    public async Task AFloodOfValuesMakesNoMorePartialsThanTheLimit(int shards, int flood)
    {
        const int BatchSize = 10_000;
        var plan = Some.Plan(Views);
        var batches = flood / BatchSize;
        await Parallel.ForEachAsync(Enumerable.Range(0, shards), async (shard, token) =>
        {
            var environment = NewEnvironment(plan);
            var shardId = $"shardId-{shard:D12}";
            for (var batch = shard; batch < batches; batch += shards)
            {
                var records = ViewsOf(batch * BatchSize, BatchSize, BatchSize)
                    .Select((json, index) => Some.Record(shardId, (batch * BatchSize) + index, json));
                var commit = await environment.CommitAsync(Some.Fold(plan, [.. records]), token);
                Assert.Null(commit.Result.Lowest);
            }
        });
        var values = _table.Items.Keys.Count(key => !key.Sort.StartsWith("(other)", StringComparison.Ordinal));
        Assert.InRange(values, CounterLimit / 2, CounterLimit);
        Assert.Equal(shards, _table.Items.Count - values);
        Assert.Equal(flood, _table.Items.Values.Sum(item => item.Partial.Count));
        Assert.InRange(_table.OtherWrites, 1, 3 * (shards + 1) * CounterLimit / 625);
    }

    [Fact]
    public async Task ANewEnvironmentDecidesAsTheOnesBefore()
    {
        var plan = Some.Plan(Views);
        var batch = Some.Fold(plan, 1, ViewsOf(0, 8000, 8000));
        _ = await NewEnvironment(plan).CommitAsync(batch, CancellationToken.None);
        var (items, writes) = (_table.Items.Count, _table.OtherWrites);
        var again = await NewEnvironment(plan).CommitAsync(Some.Fold(plan, 1, ViewsOf(0, 8000, 8000)), CancellationToken.None);
        Assert.Null(again.Result.Lowest);
        Assert.Equal(items, _table.Items.Count);
        Assert.Equal(8000, _table.Items.Values.Sum(item => item.Partial.Count));
        Assert.InRange(_table.OtherWrites - writes, 0, 3);
    }

    [Fact]
    public async Task TheListsAreNoPartials()
    {
        var plan = Some.Plan(Views);
        _ = await NewEnvironment(plan).CommitAsync(Some.Fold(plan, 1, ViewsOf(0, 1000, 1000)), CancellationToken.None);
        Assert.Contains(_table.Lists.Keys, key => key.Sort == CounterKeys.ShardValues(Some.Shard));
        Assert.Contains(_table.Lists.Keys, key => key.Sort == CounterKeys.SharedValues(0));
        Assert.All(_table.Lists.Keys, key => Assert.False(CounterKeys.TryReadSort(key.Sort, out _, out _)));
        Assert.All(_table.Lists.Keys, key => Assert.True(string.CompareOrdinal(key.Sort, CounterKeys.FirstPartial) < 0));
    }

    [Fact]
    public async Task ACancelledCommitReportsTheFirstRecord()
    {
        var plan = Some.Plan(Views);
        var commit = await NewEnvironment(plan).CommitAsync(Some.Fold(plan, 5, ViewsOf(0, 10, 10)), new CancellationToken(canceled: true));
        Assert.Equal(SequenceNumber.Parse(Some.SequenceNumber(5)), commit.Result.Lowest);
        Assert.Empty(_table.Items);
    }

    private static int CounterLimit => Events.Definitions.CounterDefinition.DefaultLimit;

    private CounterCommitter NewEnvironment(CounterPlan plan) => new(plan, _table, _clock, MemoryBounds.Default);

    private static ItemKey KeyOf(string counter, string value) =>
        new($"{counter}|day|2026-11-21T00:00Z", $"{value}|{Some.Shard}");

    private static string View(string page) => $$"""{"event_type":"page_view","page_url":"{{page}}","load_time":10}""";

    private static string[] ViewsOf(int first, int count, int values) =>
        [.. Enumerable.Range(0, count).Select(index => View(string.Create(CultureInfo.InvariantCulture, $"/{first + (index % values)}")))];
}
