using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Auditing;
using Analytics.Counting.Chain;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Streaming;

namespace Analytics.Counting.Tests.Auditing;

/// <summary>Attacks on a table and an archive that the real code has filled.</summary>
public sealed class AuditAttackTests
{
    private const int Shards = 2;
    private const int Batch = 5;
    private const int Records = 30;

    private static readonly string[] Definitions =
    [
        """{"name":"revenue","pattern":{"event_type":[{"exists":true}]},"measure":"sum","field":"amount","by":["page_url"],"windows":["minute","day"],"limit":10}""",
        """{"name":"people","pattern":{"event_type":[{"exists":true}]},"measure":"distinct","field":"user_id","windows":["hour"]}""",
        """{"name":"speed","pattern":{"event_type":[{"exists":true}]},"measure":"percentiles","field":"amount","windows":["hour"]}""",
        """{"name":"seen","pattern":{"event_type":[{"exists":true}]},"measure":"count","last":"page_url","windows":["hour"]}""",
    ];

    private readonly FakeCounterTable _table = new();
    private readonly ArchiveInMemory _archive = new();
    private readonly FakeTime _clock = new(Some.Noon);
    private readonly CounterPlan _plan = Some.Plan(Definitions);

    [Fact]
    public async Task RecordsCountedAsArchivedHaveNoFinding()
    {
        await FillAsync();
        var result = await AuditAsync();
        Assert.Empty(result.Findings);
        Assert.Empty(result.Differences);
        Assert.Equal(Shards * (Records - 1), result.Events);
        Assert.True(result.Values > 10);
    }

    [Fact]
    public async Task AlertStateIsNotReportedAsAStrayItem()
    {
        await FillAsync();
        _table.Put(Attributes.Item(new ItemKey("alert|lease|shard-0", "lease")));
        Assert.True((await AuditAsync()).IsEqual);
    }

    [Fact]
    public async Task UnrolledWindowsAreNotADifference()
    {
        await FillAsync(rollUp: false);
        Assert.True((await AuditAsync()).IsEqual);
    }

    [Theory]
    [InlineData(0, Batch)]
    [InlineData(10, Batch)]
    [InlineData(Records - Batch, Batch)]
    [InlineData(0, Records)]
    public async Task AMissingArchiveObjectIsTheArchivesFault(int first, int count)
    {
        await FillAsync();
        Remove(first, count);
        var result = await AuditAsync();
        Assert.All(result.Findings, finding => Assert.Equal(AuditSide.Archive, finding.Side));
        Assert.Equal(count / Batch, result.Findings.Count);
        Assert.Contains($"The archive lacks {Batch} of {Batch} user records of shard shard-0 from ", result.Findings[0].Message, StringComparison.Ordinal);
        Assert.Empty(result.Differences);
    }

    [Fact]
    public async Task AnEmptyTableHasCountedNothing()
    {
        await FillAsync();
        foreach (var item in _table.Items.ToList())
        {
            _table.Remove(Attributes.GetKey(item));
        }

        var result = await AuditAsync();
        Assert.Equal(Shards, result.Findings.Count(finding => finding.Side == AuditSide.Counters && finding.Message.StartsWith($"{Records} user records", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AShardWithoutAChainIsFound()
    {
        await FillAsync();
        foreach (var item in Links("shard-1").ToList())
        {
            _table.Remove(Attributes.GetKey(item));
        }

        Assert.Contains((await AuditAsync()).Findings, finding => finding.Side == AuditSide.Counters
            && finding.Message.StartsWith($"{Records} user records of shard shard-1", StringComparison.Ordinal)
            && finding.Message.EndsWith("were counted by links that were removed before they expired.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AShardThatWasNeverCountedIsFound()
    {
        await FillAsync();
        _archive.Add(Record("shard-9", 1));
        Assert.Equal("1 user records of shard shard-9 from " + Some.SequenceNumber(1) + " to " + Some.SequenceNumber(1) + " are in the archive but not counted.",
            Assert.Single((await AuditAsync()).Findings).Message);
    }

    [Fact]
    public async Task RecentRecordsArePendingUnlessAllWasDelivered()
    {
        await FillAsync();
        _archive.Add(Record("shard-0", 900, _clock.Now));
        var result = await AuditAsync();
        Assert.Equal(AuditSide.Pending, Assert.Single(result.Findings).Side);
        Assert.True(result.IsEqual);
        Assert.False((await AuditAsync(isDrained: true)).IsEqual);
    }

    [Fact]
    public async Task ARaisedPositionIsFound()
    {
        await FillAsync();
        var last = Links("shard-0").Last();
        last["end"].S = SequenceNumber.Parse(Some.SequenceNumber(5000)).ToSortableString();
        _table.Put(last);
        Assert.Contains((await AuditAsync()).Findings, finding => finding.Side == AuditSide.Counters && finding.Message.Contains("is damaged", StringComparison.Ordinal));

        var plan = _table.Items.Single(item => Attributes.GetKey(item) == CounterKeys.Plan);
        plan["shards"].M["shard-1"].M["to"].S = SequenceNumber.Parse(Some.SequenceNumber(5000)).ToSortableString();
        _table.Put(plan);
        Assert.Contains((await AuditAsync()).Findings, finding => finding.Message.Contains("beyond the end", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sketch", "people", null)]
    [InlineData("sketch", "speed", null)]
    [InlineData("p99", "speed", "1")]
    [InlineData("last", "seen", null)]
    [InlineData("lastAt", "seen", null)]
    [InlineData("sum", "revenue", "0.00000000000000000000000001")]
    [InlineData("count", "revenue", "1")]
    [InlineData("distinct", "people", "1")]
    public async Task EachAttributeOfAValueIsCompared(string attribute, string counter, string? add)
    {
        await FillAsync();
        var item = Window(counter);
        var members = item["values"].M.First().Value.M;
        if (add is not null)
        {
            members[attribute].N = (decimal.Parse(members[attribute].N, CultureInfo.InvariantCulture) + decimal.Parse(add, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
        }
        else if (attribute == "sketch")
        {
            var sketch = _table.Items.Select(one => one).First(one => one["pk"].S.StartsWith(counter, StringComparison.Ordinal))["values"].M.First().Value.M["sketch"].B.ToArray();
            sketch[^1] ^= 1;
            members["sketch"] = Attributes.Binary(sketch);
        }
        else
        {
            members[attribute].S = attribute == "last" ? "/other" : "2026-11-21T12:00:59.000Z";
        }

        _table.Put(item);
        var result = await AuditAsync();
        Assert.False(result.IsEqual);
        Assert.True(result.Findings.Count > 0 || result.Differences.Any(one => one.Measure == attribute), string.Join('\n', result.Differences));
    }

    [Theory]
    [InlineData("expiresAt")]
    [InlineData("complete")]
    [InlineData("arrivedUpTo")]
    [InlineData("start")]
    [InlineData("end")]
    [InlineData("definitions")]
    [InlineData("eventTimeBounds")]
    [InlineData("unknown")]
    public async Task EachFactOfAWindowIsCompared(string attribute)
    {
        await FillAsync();
        var item = Window("revenue");
        item[attribute] = attribute switch
        {
            "expiresAt" => Attributes.Number(Attributes.GetNumber(item, attribute) + 1),
            "complete" => new AttributeValue { BOOL = !item[attribute].BOOL },
            "eventTimeBounds" => new AttributeValue { SS = ["P1D/PT1H"] },
            _ => Attributes.Text("2026-11-22T12:00:00.000Z"),
        };
        _table.Put(item);
        Assert.Contains((await AuditAsync()).Differences, one => one.Measure == attribute);
    }

    [Fact]
    public async Task AMissingWindowAStrayWindowAndAStrayItemAreFound()
    {
        await FillAsync();
        var window = Window("revenue");
        _table.Remove(Attributes.GetKey(window));
        Assert.Contains((await AuditAsync()).Differences, one => one.Counter == "revenue" && one.Actual == "nothing");
        _table.Put(window);
        window["sk"].S = window["sk"].S[..^1] + "x";
        _table.Put(window);
        Assert.Contains((await AuditAsync()).Differences, one => one.Counter == "revenue" && one.Expected == "nothing");
        _table.Remove(Attributes.GetKey(window));
        _table.Put(Attributes.Item(new ItemKey("revenue", "12")));
        Assert.Equal("Item revenue, 12 of the counters table is not one that counting writes.", Assert.Single((await AuditAsync()).Findings).Message);
    }

    [Fact]
    public async Task ALinkOfOtherNumbersWithARightChecksumIsFound()
    {
        await FillAsync(rollUp: false);
        var item = Links("shard-0").First();
        var link = Link.FromItem(item);
        var other = Some.Fold(_plan, [.. Enumerable.Range(100, Batch).Select(number => Record("shard-0", number))]);
        var forged = link.With(Analytics.Counting.Deltas.DeltaEncoder.Encode(_plan.Counters, other.Whole.Cells));
        _table.Put(forged.ToItem(link.Written + ChainSettings.Default.Retention));
        Assert.Contains("A link of shard shard-0", Assert.Single((await AuditAsync()).Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EightShardsWithMoreValuesThanTheLimitHaveNoFalseDifference()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var shard = 7; shard >= 0; shard--)
            {
                await CountAsync($"shard-{shard}", [.. Enumerable.Range((round * 10) + 1, 10).Select(number => Record($"shard-{shard}", number, page: (number * 8) + shard))]);
            }

            await RollUpAsync();
        }

        var result = await AuditAsync();
        Assert.Empty(result.Findings);
        Assert.Empty(result.Differences);
        Assert.Contains(_table.Items, item => item.GetValueOrDefault("values")?.M?.ContainsKey(ValueText.Other) == true);
        var window = Window("revenue");
        window["values"].M[ValueText.Other].M["count"].N = "1";
        _table.Put(window);
        Assert.Contains((await AuditAsync()).Differences, one => one is { Value: "(all)", Measure: "count" });
    }

    [Fact]
    public async Task GapIsRepairedOnceByTwoConcurrentRepairsAndAKilledOne()
    {
        await FillAsync(skip: number => number is >= 11 and <= 15);
        var found = await AuditAsync();
        Assert.Equal(Shards, found.Findings.Count);
        Assert.All(found.Findings, finding => Assert.StartsWith($"{Batch} user records of shard", finding.Message, StringComparison.Ordinal));
        Assert.Empty(found.Differences);

        var records = _archive.Shards["shard-0"].Values.ToList();
        await new CounterCorrector(_table, _clock, new CorrectorSettings { MaxRecords = 2 }).CorrectAsync("shard-0", [.. records.Take(12)], CancellationToken.None);
        var both = await Task.WhenAll(RepairAsync("shard-0"), RepairAsync("shard-0"));
        Assert.Equal(Batch - 2, both.Sum(result => result.Counted));
        Assert.Equal(0, (await RepairAsync("shard-0")).Counted);
        Assert.Equal(Batch, (await RepairAsync("shard-1")).Counted);
        Assert.True((await AuditAsync()).IsEqual, string.Join('\n', (await AuditAsync()).Findings));
        await RollUpAsync();
        var result = await AuditAsync();
        Assert.True(result.IsEqual, string.Join('\n', result.Findings.Select(one => one.Message).Concat(result.Differences.Select(one => one.ToString()))));
        Assert.Equal(Shards * Records, (long)(await new CounterReader(_table, _ => Scan()).ScanAsync()).Where(value => value.Counter == "seen").Sum(value => value.Count) + Shards);
    }

    [Fact]
    public async Task RepairFromAnIncompleteArchiveLowersNothing()
    {
        await FillAsync(skip: number => number is >= 11 and <= 15);
        var before = await TotalAsync();
        var removed = Remove(0, 13);
        Assert.Equal(2, (await RepairAsync("shard-0")).Counted);
        await RollUpAsync();
        Assert.True(await TotalAsync() >= before);
        removed.ForEach(_archive.Add);
        Assert.Equal(3, (await RepairAsync("shard-0")).Counted);
        Assert.Equal(Batch, (await RepairAsync("shard-1")).Counted);
        await RollUpAsync();
        Assert.True((await AuditAsync()).IsEqual);
    }

    [Fact]
    public async Task ACorrectionThatExpiredIsNotRepeated()
    {
        await FillAsync(skip: number => number is >= 11 and <= 15);
        var small = new CounterCorrector(_table, _clock, new CorrectorSettings { MaxRecords = 2 });
        Assert.Equal(Batch, (await small.CorrectAsync("shard-0", [.. _archive.Shards["shard-0"].Values], CancellationToken.None)).Counted);
        await RollUpAsync();
        for (var day = 0; day < 30; day++)
        {
            _clock.Now += TimeSpan.FromDays(1);
            await RollUpAsync();
            _table.Expire(_clock.Now);
        }

        Assert.Equal(0, (await RepairAsync("shard-0")).Counted);
    }

    [Fact]
    public async Task PendingRecordsAreNotRepaired()
    {
        await FillAsync();
        var late = Record("shard-0", 900);
        _archive.Add(late);
        Assert.Equal(new CorrectionResult(0, Records, 1, 0), await RepairAsync("shard-0"));
        await CommitAsync("shard-0", late);
        Assert.Equal(new CorrectionResult(0, Records + 1, 0, 0), await RepairAsync("shard-0"));
        Assert.True((await AuditAsync()).IsEqual);
    }

    [Fact]
    public async Task RepairNeitherLosesNorDuplicatesUndeliveredRecords()
    {
        // 600 records are in the archive; the function has counted 200, exhausted its retries on 100, and has not seen 300 yet.
        StreamRecord[] records = [.. Enumerable.Range(10, 600).Select(number => Record("shard-0", number))];
        Array.ForEach(records, _archive.Add);
        await CommitAsync("shard-0", records[..100]);
        await CommitAsync("shard-0", records[200..300]);
        await RollUpAsync();

        // Repairs and redrives of failed and of other records, repeatedly, while the function continues.
        Assert.Equal(new CorrectionResult(100, 200, 300, 0), await RepairAsync("shard-0"));
        await CommitAsync("shard-0", records[300..450]);
        Assert.Equal(new CorrectionResult(0, 450, 150, 0), await RepairAsync("shard-0"));
        await CommitAsync("shard-0", records[100..200]);
        await CommitAsync("shard-0", records[400..600]);
        Assert.Equal(new CorrectionResult(0, 600, 0, 0), await RepairAsync("shard-0"));
        await RollUpAsync();

        var seen = (await new CounterReader(_table, _ => Scan()).ScanAsync()).Where(value => value.Counter == "seen");
        Assert.Equal(600, seen.Sum(value => value.Count));
        Assert.True((await AuditAsync(isDrained: true)).IsEqual);
    }

    [Fact]
    public async Task GapWithinADividedAggregateIsFound()
    {
        // With enhanced fan-out a batch ends within an aggregate, and the rest of the aggregate exhausts its retries.
        var shared = Some.SequenceNumber(500);
        StreamRecord[] users = [.. Enumerable.Range(0, 4).Select(index => Record("shard-0", 500, page: index))];
        var fold = new CounterFold(_plan, new BatchInfo("arn:aws:kinesis:eu-central-1:1:stream/s/consumer/c:1", "shard-0", _clock.Now) { IsFromConsumer = true });
        foreach (var record in users[..2])
        {
            foreach (ref readonly var user in _plan.Reader.Read(record.Data))
            {
                fold.Add(record, user);
            }
        }

        Assert.Equal(CommitResult.Complete, await new CounterCommitter(_plan, _table, _clock, ChainSettings.Default).CommitAsync(fold, CancellationToken.None));
        await CommitAsync("shard-0", Record("shard-0", 501));
        var whole = Some.Record("shard-0", 500, Some.Aggregate([.. users.Select(user => System.Text.Encoding.UTF8.GetString(user.Data.Span))]), Some.Noon.AddMilliseconds(500));
        _archive.Add(whole);
        _archive.Add(Record("shard-0", 501));
        await RollUpAsync();
        _clock.Now += TimeSpan.FromMinutes(10);

        var finding = Assert.Single((await AuditAsync()).Findings);
        Assert.Equal(AuditSide.Counters, finding.Side);
        Assert.Contains(shared, finding.Message, StringComparison.Ordinal);
        Assert.False((await AuditAsync()).IsEqual);
    }

    [Fact]
    public async Task RecordCountedTwiceIsFound()
    {
        await FillAsync(skip: number => number is >= 11 and <= 15);
        Assert.Equal(Batch, (await RepairAsync("shard-0")).Counted);
        var correction = Links(CounterKeys.GetCorrections("shard-0")).Single();
        correction["pk"].S = CounterKeys.GetChain(CounterKeys.GetCorrections("shard-1"));
        _table.Put(correction);
        Assert.Contains((await AuditAsync()).Findings, finding => finding.Side == AuditSide.Counters);
    }

    [Fact]
    public async Task WindowsThatAreMissingOrWrongAreRestoredFromTheirLinks()
    {
        await FillAsync();
        await SpoilWindowsAsync();
        Assert.Equal(2, await RestoreAsync());
        var result = await AuditAsync();
        Assert.True(result.IsEqual, string.Join('\n', result.Findings.Select(one => one.Message).Concat(result.Differences.Select(one => one.ToString()))));
        Assert.Equal(0, await RestoreAsync());
        await CountAsync("shard-0", [Record("shard-0", 800)]);
        await RollUpAsync();
        Assert.True((await AuditAsync()).IsEqual);
    }

    [Fact]
    public async Task NoWindowIsRestoredByAnArchiveThatLacksRecords()
    {
        await FillAsync();
        await SpoilWindowsAsync();
        _ = Remove(0, 2);
        var before = _table.Puts;
        Assert.Equal(0, await RestoreAsync());
        Assert.Equal(before, _table.Puts);
    }

    [Fact]
    public async Task ARestorationThatStoppedAfterItsPlanIsCompletedByTheRollupAndMayBeRepeated()
    {
        await FillAsync();
        await SpoilWindowsAsync();
        var plan = (await RollupPlan.ReadAsync(_table, CancellationToken.None))!;
        var stopped = plan with { Generation = plan.Generation + 1, IsDone = false, Shards = plan.Shards.ToDictionary(one => one.Key, one => one.Value with { From = one.Value.To }) };
        _table.Put(stopped.ToItem());
        Assert.Equal(0, await RestoreAsync());
        await CountAsync("shard-0", [Record("shard-0", 800)]);
        await RollUpAsync();
        _ = await RestoreAsync();
        Assert.True((await AuditAsync()).IsEqual);
    }

    private async Task SpoilWindowsAsync()
    {
        var lost = Window("people");
        _table.Remove(Attributes.GetKey(lost));
        var wrong = Window("revenue");
        wrong["values"].M.First().Value.M["count"].N = "1";
        _table.Put(wrong);
        Assert.False((await AuditAsync()).IsEqual);
    }

    private Task<int> RestoreAsync() => new CounterAuditor(_table, _ => Scan(), _clock).RestoreAsync(
        _archive, new CounterAuditScope(Some.Noon.AddDays(-1), Some.Noon.AddDays(1)), CancellationToken.None);

    private async Task FillAsync(bool rollUp = true, Func<int, bool>? skip = null)
    {
        for (var shard = 0; shard < Shards; shard++)
        {
            for (var first = 1; first <= Records; first += Batch)
            {
                StreamRecord[] records = [.. Enumerable.Range(first, Batch).Select(number => Record($"shard-{shard}", number))];
                Array.ForEach(records, _archive.Add);
                if (skip?.Invoke(first) != true)
                {
                    await CommitAsync($"shard-{shard}", records);
                }
            }
        }

        if (rollUp)
        {
            await RollUpAsync();
        }

        _clock.Now += TimeSpan.FromMinutes(10);
    }

    private static StreamRecord Record(string shardId, int number, DateTimeOffset? arrival = null, int? page = null) => Some.Record(
        shardId,
        number,
        number == 7 ? "broken" : string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"event_id":"{{number}}","event_type":"purchase","user_id":"u{{number}}","amount":{{number}}.25,"page_url":"/{{page ?? number % 4}}","message":"m"}"""),
        (arrival ?? Some.Noon).AddMilliseconds(number));

    private async Task CountAsync(string shardId, StreamRecord[] records)
    {
        Array.ForEach(records, _archive.Add);
        await CommitAsync(shardId, records);
    }

    private async Task CommitAsync(string shardId, params StreamRecord[] records)
    {
        Assert.All(records, record => Assert.Equal(shardId, record.ShardId));
        var result = await new CounterCommitter(_plan, _table, _clock, ChainSettings.Default).CommitAsync(Some.Fold(_plan, records), CancellationToken.None);
        Assert.Equal(CommitResult.Complete, result);
    }

    private Task RollUpAsync() => new CounterRollup(_table, _clock, RollupSettings.Default).RunAsync(CancellationToken.None);

    private Task<CounterAuditResult> AuditAsync(bool isDrained = false) => new CounterAuditor(_table, _ => Scan(), _clock).AuditAsync(
        _archive, new CounterAuditScope(Some.Noon.AddDays(-1), Some.Noon.AddDays(1)) { IsDrained = isDrained }, CancellationToken.None);

    private Task<CorrectionResult> RepairAsync(string shardId) =>
        new CounterCorrector(_table, _clock, CorrectorSettings.Default).CorrectAsync(shardId, [.. _archive.Shards[shardId].Values], CancellationToken.None);

    private async Task<long> TotalAsync() => (await new CounterReader(_table, _ => Scan()).ScanAsync()).Sum(value => value.Count);

    private List<StreamRecord> Remove(int first, int count)
    {
        var shard = _archive.Shards["shard-0"];
        var removed = shard.Skip(first).Take(count).ToList();
        removed.ForEach(record => shard.Remove(record.Key));
        return [.. removed.Select(record => record.Value)];
    }

    private IEnumerable<Dictionary<string, AttributeValue>> Links(string shardId) => _table.Items.Where(item => item["pk"].S == CounterKeys.GetChain(shardId));

    private Dictionary<string, AttributeValue> Window(string counter) => _table.Items.First(item => item["pk"].S.StartsWith(counter + "|", StringComparison.Ordinal));

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> Scan()
    {
        foreach (var item in _table.Items.ToList())
        {
            yield return item;
        }

        await Task.CompletedTask;
    }
}
