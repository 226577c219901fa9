using System.Globalization;
using Analytics.Counting.Chain;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Streaming;

namespace Analytics.Counting.Tests.Chain;

public sealed class CounterCommitterTests
{
    private const string Views = """{"name":"views","pattern":{"event_type":["page_view"]},"measure":"count","by":["page_url"],"windows":["minute","day"]}""";

    private readonly FakeCounterTable _table = new();
    private readonly FakeTime _clock = new(Some.Noon);
    private readonly CounterPlan _plan = Some.Plan(Views);

    [Fact]
    public async Task ABatchIsOnePutAndNoReadInAnEnvironmentThatWroteTheShardsLast()
    {
        var environment = NewEnvironment();
        await CommitAsync(environment, 1, CreateViews(0, 3000, 300));
        var (puts, reads) = (_table.Puts, _table.Reads);
        await CommitAsync(environment, 3001, CreateViews(0, 3000, 300));
        Assert.Equal((puts + 1, reads), (_table.Puts, _table.Reads));
    }

    [Fact]
    public async Task AnotherEnvironmentReadsTheChainsEndOnce()
    {
        await CommitAsync(NewEnvironment(), 1, CreateViews(0, 10, 3));
        var (puts, reads) = (_table.Puts, _table.Reads);
        await CommitAsync(NewEnvironment(), 11, CreateViews(0, 10, 3));
        Assert.Equal((puts + 1, reads + 1), (_table.Puts, _table.Reads));
        Assert.Equal(20, (await LinksAsync()).Sum(link => link.Events));
    }

    [Fact]
    public async Task RedeliveredBatchAddsNothing()
    {
        await CommitAsync(NewEnvironment(), 1, CreateViews(0, 10, 3));
        var puts = _table.Puts;
        await CommitAsync(NewEnvironment(), 1, CreateViews(0, 10, 3));
        Assert.Equal(puts, _table.Puts);
    }

    [Fact]
    public async Task OfABatchThatWasCountedInPartTheRestIsAppended()
    {
        await CommitAsync(NewEnvironment(), 1, CreateViews(0, 4, 4));
        await CommitAsync(NewEnvironment(), 1, [.. CreateViews(0, 4, 4), "malformed", .. CreateViews(4, 2, 2)]);
        Assert.Equal([(4, 4, 0), (3, 2, 1)], (await LinksAsync()).Select(link => ((int)link.Records, (int)link.Events, (int)link.Malformed)));
    }

    [Fact]
    public async Task UncountedRecordsMoveThePosition()
    {
        await CommitAsync(NewEnvironment(), 1, "{}", "malformed");
        var link = Assert.Single(await LinksAsync());
        Assert.Equal((2, 2, 1, 1), (link.Records, link.UserRecords, link.Events, link.Malformed));
        Assert.Equal(Position(2), link.End.Key);
        Assert.Empty(link.ReadCells(_plan.Set));
    }

    [Fact]
    public async Task AGapOfRecordsShowsInTheCountsOfItsLink()
    {
        var environment = NewEnvironment();
        await CommitAsync(environment, 1, CreateViews(0, 2, 2));
        await CommitAsync(environment, 10, CreateViews(0, 2, 2));
        var link = (await LinksAsync())[1];
        Assert.Equal((Position(2), Some.SequenceNumber(10), 2), (link.From, link.First.ToString(), link.Records));
    }

    [Fact]
    public async Task LinkHoldsItsDefinitionsBoundsAndTimes()
    {
        await CommitAsync(NewEnvironment(), 1, CreateViews(0, 2, 2));
        var link = Assert.Single(await LinksAsync());
        Assert.Equal((_plan.Set.Hash, "P7D/PT1H"), (link.Definitions, link.Bounds));
        Assert.Equal((Some.Noon, Some.Noon, Some.Noon), (link.FirstArrival, link.LastArrival, link.Written));
        var stored = await new StoredDefinitions(_table).GetAsync(link.Definitions, CancellationToken.None);
        Assert.Equal(_plan.Set.Json, stored.Json);
        Assert.Equal(_plan.Counters[0].Hash, stored.Counters[0].Hash);
    }

    [Fact]
    public async Task ADeltaThatOutgrowsAnItemIsSplitByRecords()
    {
        var settings = new ChainSettings { MaxLinkBytes = 2000 };
        var environment = new CounterCommitter(_plan, _table, _clock, settings);
        await CommitAsync(environment, 1, CreateViews(0, 1000, 1000));
        var links = await LinksAsync();
        Assert.InRange(links.Count, 2, 100);
        Assert.Equal((1000, 1000), (links.Sum(link => link.Records), links.Sum(link => link.Events)));
        Assert.All(_table.Items, item => Assert.InRange(ItemSize.Compute(item), 1, 2000));
        Assert.All(links, link => Assert.False(link.End.IsOpen));
    }

    [Fact]
    public async Task AnAggregateThatOutgrowsAnItemIsSplitWithin()
    {
        var environment = new CounterCommitter(_plan, _table, _clock, new ChainSettings { MaxLinkBytes = 30_000 });
        var random = new Random(1);
        string[] views = [.. Enumerable.Range(0, 1000).Select(_ => $$"""{"event_type":"page_view","page_url":"/{{random.NextInt64():x}}{{random.NextInt64():x}}{{random.NextInt64():x}}{{random.NextInt64():x}}"}""")];
        var record = Some.Record(Some.Shard, 1, Some.Aggregate(views));
        Assert.Null((await environment.CommitAsync(Some.Fold(_plan, record), CancellationToken.None)).Lowest);
        var links = await LinksAsync();
        Assert.InRange(links.Count, 2, 100);
        Assert.Equal((1, 1000), (links.Sum(link => link.Records), links.Sum(link => link.Events)));
        Assert.All(links, link => Assert.True(link.End.IsOpen));

        // Redelivered to a new environment it adds nothing, and later batches continue the chain.
        Assert.Null((await NewEnvironment().CommitAsync(Some.Fold(_plan, record), CancellationToken.None)).Lowest);
        Assert.Equal(links.Count, (await LinksAsync()).Count);
        await CommitAsync(NewEnvironment(), 2, CreateViews(0, 1, 1));
        Assert.Equal(Position(2), (await LinksAsync())[^1].End.Key);
    }

    [Fact]
    public async Task AWriterWithAnOldPositionNeverOverwritesWhatFollowed()
    {
        var zombie = NewEnvironment();
        await CommitAsync(zombie, 1, CreateViews(0, 5, 5));
        await CommitAsync(NewEnvironment(), 6, CreateViews(0, 5, 5));
        await CommitAsync(zombie, 6, CreateViews(0, 10, 5));
        Assert.Equal([5, 5, 5], (await LinksAsync()).Select(link => (int)link.Events));
    }

    [Fact]
    public async Task WhenLinksHaveExpiredThePlanOfTheRollupHasThePosition()
    {
        await CommitAsync(NewEnvironment(), 1, CreateViews(0, 5, 5));
        _ = await new CounterRollup(_table, _clock, RollupSettings.Default).RunAsync(CancellationToken.None);
        _clock.Now = _clock.Now.AddDays(15);
        _table.Expire(_clock.Now);
        Assert.Empty(await LinksAsync());
        await CommitAsync(NewEnvironment(), 3, CreateViews(0, 5, 5));
        var link = Assert.Single(await LinksAsync());
        Assert.Equal((Position(5), 2), (link.From, link.Events));
    }

    [Fact]
    public async Task ARememberedPositionIsNotReliedOnForLong()
    {
        Assert.True(ChainSettings.Default.MemoryLifetime * 100 < ChainSettings.Default.Retention);
        var environment = NewEnvironment();
        await CommitAsync(environment, 1, CreateViews(0, 5, 5));
        var reads = _table.Reads;
        _clock.Now += ChainSettings.Default.MemoryLifetime;
        await CommitAsync(environment, 6, CreateViews(0, 5, 5));
        Assert.Equal(reads + 1, _table.Reads);
    }

    [Fact]
    public async Task ACancelledCommitReportsTheFirstRecord()
    {
        var result = await NewEnvironment().CommitAsync(Some.Fold(_plan, 5, CreateViews(0, 10, 10)), new CancellationToken(canceled: true));
        Assert.Equal(SequenceNumber.Parse(Some.SequenceNumber(5)), result.Lowest);
        Assert.Empty(_table.Items);
    }

    private CounterCommitter NewEnvironment() => new(_plan, _table, _clock, ChainSettings.Default);

    private async Task CommitAsync(CounterCommitter environment, int first, params string[] events)
    {
        var result = await environment.CommitAsync(Some.Fold(_plan, first, events), CancellationToken.None);
        Assert.True(result.Lowest is null, result.Cause?.ToString());
    }

    private async Task<List<Link>> LinksAsync()
    {
        var links = new List<Link>();
        await foreach (var item in _table.QueryAsync(new KeyRange(CounterKeys.GetChain(Some.Shard)), CancellationToken.None))
        {
            links.Add(Link.FromItem(item));
        }

        return links;
    }

    private static string Position(int number) => SequenceNumber.Parse(Some.SequenceNumber(number)).ToSortableString();

    private static string[] CreateViews(int first, int count, int values) =>
    [
        .. Enumerable.Range(0, count).Select(index => string.Create(
            CultureInfo.InvariantCulture, $$"""{"event_type":"page_view","page_url":"/{{first + (index % values)}}"}""")),
    ];
}
