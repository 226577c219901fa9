using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Auditing;
using Analytics.Counting.Chain;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Tests.Histories;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting.Tests.Auditing;

/// <summary>Counters that were defined after some of the records were counted.</summary>
public sealed class BackfillTests
{
    private const string Shard = "shard-0";
    private const int Records = 30;
    private const int Later = 20;

    private const string First = """{"name":"pages","pattern":{"event_type":[{"exists":true}]},"measure":"count","by":["page_url"],"windows":["minute"]}""";
    private const string Second = """{"name":"revenue","pattern":{"event_type":[{"exists":true}]},"measure":"sum","field":"amount","windows":["minute","day"]}""";
    private const string Third = """{"name":"people","pattern":{"event_type":[{"exists":true}]},"measure":"distinct","field":"user_id","windows":["hour"]}""";

    private readonly FakeCounterTable _table = new();
    private readonly ArchiveInMemory _archive = new();
    private readonly FakeTime _clock = new(Some.Noon);

    private static CounterAuditScope Scope => new(Some.Noon.AddDays(-1), Some.Noon.AddDays(1));

    [Fact]
    public async Task ACounterThatWasDefinedLaterCountsTheArchivesRecordsOnce()
    {
        await FillAsync();
        Assert.Equal(Sum(Later + 1, Records), await RevenueAsync());

        Assert.Equal(Later, await BackfillAsync());
        Assert.Equal(Sum(1, Records), await RevenueAsync());
        await AssertEqualAsync();
        await RollUpAsync();
        Assert.Equal(Sum(1, Records), await RevenueAsync());
        await AssertEqualAsync();
        Assert.Equal(0, await BackfillAsync());
        Assert.Equal(Records, (await ReadAsync()).Where(value => value.Counter == "pages").Sum(value => value.Count));
    }

    [Fact]
    public async Task AnotherCounterIsBackfilledAfterwards()
    {
        await FillAsync();
        Assert.Equal(Later, await BackfillAsync());
        await CommitAsync(Some.Plan(First, Second, Third), Record(Records + 1));
        await RollUpAsync();

        Assert.Equal(Records, await BackfillAsync());
        await RollUpAsync();
        await AssertEqualAsync();
        Assert.Equal(Sum(1, Records + 1), await RevenueAsync());
        Assert.Equal(7, Assert.Single(await ReadAsync(), value => value.Counter == "people").Distinct);
    }

    [Fact]
    public async Task RepairedRecordsAreBackfilled()
    {
        await FillAsync(skipped: 11);
        Assert.Null(await BackfillAsync());
        var repaired = await new CounterCorrector(_table, _clock, CorrectorSettings.Default).CorrectAsync(Shard, [.. _archive.Shards[Shard].Values], CancellationToken.None);
        Assert.Equal(5, repaired.Counted);

        Assert.Equal(Later, await BackfillAsync());
        await RollUpAsync();
        await AssertEqualAsync();
        Assert.Equal(Sum(1, Records), await RevenueAsync());
    }

    [Fact]
    public async Task IncompleteArchiveIsNotBackfilled()
    {
        await FillAsync();
        _ = _archive.Shards[Shard].Remove(_archive.Shards[Shard].Keys.First());
        var before = _table.Puts;

        Assert.Null(await BackfillAsync());

        Assert.Equal(before, _table.Puts);
    }

    [Fact]
    public async Task BackfilledWindowsHaveNoDifferenceWhenTheLinksOfThatTimeHaveExpired()
    {
        await FillAsync();
        _clock.Now += TimeSpan.FromDays(2);
        Assert.Equal(Later, await BackfillAsync());
        await RollUpAsync();
        for (var day = 0; day < 14; day++)
        {
            _clock.Now += TimeSpan.FromDays(1);
            await RollUpAsync();
            _table.Expire(_clock.Now);
            await AssertEqualAsync();
        }

        Assert.Equal(Sum(1, Records), await RevenueAsync());
        Assert.Equal(0, await BackfillAsync());
    }

    [Fact]
    public async Task BackfillOfAlreadyCountedRecordsIsFound()
    {
        await FillAsync();
        Assert.Equal(Later, await BackfillAsync());
        var links = _table.Items.Where(item => item["pk"].S == CounterKeys.GetChain(CounterKeys.GetBackfills(Shard))).Select(Link.FromItem).ToList();
        var last = links[^1];
        var again = last with { From = last.End.Key, End = ShardPosition.Closed(SequenceNumber.Parse((links.Count + 1).ToString(CultureInfo.InvariantCulture))) };
        var cells = Some.Fold(Some.Plan(Second), [.. Enumerable.Range(16, 5).Select(number => Record(number))]).Whole.Cells;
        var packed = Analytics.Counting.Deltas.DeltaEncoder.Encode(Some.Plan(Second).Counters, cells);
        _table.Put(again.With(packed).ToItem(_clock.Now.AddDays(14)));
        Assert.Contains((await AuditAsync()).Findings, finding => finding.Message.Contains("in two backfills", StringComparison.Ordinal));

        var wide = again with { First = last.First, BackfilledTo = SequenceNumber.Parse(Some.SequenceNumber(Records)) };
        _table.Put(wide.With(packed).ToItem(_clock.Now.AddDays(14)));
        Assert.Contains((await AuditAsync()).Findings, finding => finding.Message.Contains("in their link and in a backfill", StringComparison.Ordinal));
    }

    [Fact]
    public async Task InterleavedOrInterruptedBackfillsCountEachRecordOnce()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var test = new BackfillTests();
            await test.FillAsync();
            test.Interleave(new Random(seed));

            Assert.NotNull(await test.BackfillAsync());
            await test.RollUpAsync();
            await test.AssertEqualAsync();
            Assert.Equal(Sum(1, Records), await test.RevenueAsync());
        }
    }

    private void Interleave(Random random)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        var script = new Script();
        for (var step = 0; step < 150; step++)
        {
            if (step % 40 == 0)
            {
                var process = new object();
                var seen = script.CreateTable(process, _table);
                var auditor = new CounterAuditor(seen, _ => script.ScanAsync(process, _table.Scan), _clock);
                _ = new CounterBackfiller(seen, auditor, _clock).BackfillAsync(_archive, Scope, CancellationToken.None);
                _ = new CounterBackfiller(script.CreateTable(new object(), _table), new CounterAuditor(_table, _ => ScanAsync(), _clock), _clock)
                    .BackfillAsync(_archive, Scope, CancellationToken.None);
            }
            else if (step % 40 == 20)
            {
                _ = new CounterRollup(script.CreateTable(new object(), _table), _clock, RollupSettings.Default).RunAsync(CancellationToken.None);
            }
            else if (script.Pending.Count > 0)
            {
                script.Release(script.Pending[random.Next(script.Pending.Count)], (Fault)Math.Max(0, random.Next(30) - 24));
            }
        }

        while (script.Pending.Count > 0)
        {
            script.Release(script.Pending[0], Fault.None);
        }

        SynchronizationContext.SetSynchronizationContext(context);
    }

    /// <summary>Batches of five: the first four by the first definitions, the others by the second.</summary>
    private async Task FillAsync(int skipped = 0)
    {
        var (before, after) = (Some.Plan(First), Some.Plan(First, Second));
        for (var first = 1; first <= Records; first += 5)
        {
            StreamRecord[] records = [.. Enumerable.Range(first, 5).Select(Record)];
            Array.ForEach(records, _archive.Add);
            if (first != skipped)
            {
                await CommitAsync(first <= Later ? before : after, records);
            }
        }

        await RollUpAsync();
        _clock.Now += TimeSpan.FromMinutes(10);
    }

    private static StreamRecord Record(int number) => Some.Record(
        Shard,
        number,
        string.Create(CultureInfo.InvariantCulture, $$"""{"event_type":"purchase","user_id":"u{{number % 7}}","amount":{{1L << number}},"page_url":"/{{number % 4}}"}"""),
        Some.Noon.AddMilliseconds(number));

    private static decimal Sum(int first, int last) => Enumerable.Range(first, last - first + 1).Sum(number => (decimal)(1L << number));

    private async Task CommitAsync(CounterPlan plan, params StreamRecord[] records)
    {
        foreach (var record in records.Where(record => !_archive.Shards.TryGetValue(Shard, out var shard) || !shard.ContainsKey(record.SequenceNumber)))
        {
            _archive.Add(record);
        }

        _clock.Now += TimeSpan.FromMilliseconds(1);
        Assert.Equal(
            CommitResult.Complete,
            await new CounterCommitter(plan, _table, _clock, ChainSettings.Default).CommitAsync(Some.Fold(plan, records), CancellationToken.None));
    }

    private Task RollUpAsync() => new CounterRollup(_table, _clock, RollupSettings.Default).RunAsync(CancellationToken.None);

    private Task<long?> BackfillAsync() =>
        new CounterBackfiller(_table, new CounterAuditor(_table, _ => ScanAsync(), _clock), _clock).BackfillAsync(_archive, Scope, CancellationToken.None);

    private Task<CounterAuditResult> AuditAsync() => new CounterAuditor(_table, _ => ScanAsync(), _clock).AuditAsync(_archive, Scope, CancellationToken.None);

    private async Task AssertEqualAsync()
    {
        var result = await AuditAsync();
        Assert.True(result.IsEqual, string.Join('\n', result.Findings.Select(one => one.Message).Concat(result.Differences.Select(one => one.ToString()))));
    }

    private Task<IReadOnlyList<CounterValue>> ReadAsync() => new CounterReader(_table, _ => ScanAsync()).ScanAsync();

    private async Task<decimal> RevenueAsync() =>
        (await ReadAsync()).Where(value => value is { Counter: "revenue", Window: CounterWindow.Day }).Sum(value => value.Sum!.Value);

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync()
    {
        foreach (var item in _table.Items.ToList())
        {
            yield return item;
        }

        await Task.CompletedTask;
    }
}
