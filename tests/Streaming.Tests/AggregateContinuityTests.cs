using System.Globalization;
using Amazon.Lambda.KinesisEvents;
using Analytics.Events;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Streaming.Tests;

/// <summary>Batches of a consumer with enhanced fan-out, which start and end within aggregates.</summary>
public sealed class AggregateContinuityTests
{
    private readonly List<RecordIdentity> _committed = [];
    private readonly Stream _stream = new();
    private int _requests;

    [Fact]
    public async Task TwentyEqualUserRecordsInBatchesOfSevenAreTwenty()
    {
        _stream.Put(1, Enumerable.Repeat(("user-1", "{}"), 20));

        await DeliverAsync(Processor(), batchSize: 7);

        Assert.Equal(Enumerable.Range(0, 20), _committed.Select(identity => identity.Occurrence));
    }

    [Fact]
    public async Task TheUserRecordsOfAnAggregateAreThoseOfTheWholeOneWhereverBatchesEnd()
    {
        for (var batchSize = 1; batchSize <= 9; batchSize++)
        {
            _stream.Clear();
            _committed.Clear();
            _stream.Put(1, [("a", "{}"), ("b", "{}"), ("a", "{}"), ("a", "1")]);
            _stream.Put(2, [("a", "{}")]);
            _stream.Put(3, [("a", "{}"), ("a", "{}"), ("a", "{}"), ("b", "2")]);

            await DeliverAsync(Processor(), batchSize);

            Assert.Equal(_stream.Identities, _committed);
        }
    }

    [Fact]
    public void WithoutFailuresIdentitiesAreThoseOfWholeAggregates() => Prop.ForAll(Aggregates, BatchSizes, (aggregates, batchSize) =>
    {
        Fill(aggregates);

        DeliverAsync(Processor(), batchSize).GetAwaiter().GetResult();

        return _committed.SequenceEqual(_stream.Identities);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhereAggregatesEndInTheBatchEvenAFreshEnvironmentNumbersThemAsTheWholeOnes() => Prop.ForAll(Aggregates, BatchSizes, (aggregates, batchSize) =>
    {
        Fill([.. aggregates, ["z"]]);
        var records = _stream.Records;
        for (var start = 0; start < records.Count; start++)
        {
            var batch = records.Skip(start).Take(batchSize).ToArray();
            if (batch[^1].Kinesis.SequenceNumber != batch[0].Kinesis.SequenceNumber)
            {
                _committed.Clear();
                InvokeAsync(Processor(), batch, NextRequest()).GetAwaiter().GetResult();
                if (!_committed.SequenceEqual(_stream.Identities.Skip(start).Take(batch.Length)))
                {
                    return false;
                }
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    /// <summary>Random histories: failing batches, bisection, lost responses, ending environments.</summary>
    [Fact]
    public void UnderFailuresNoUserRecordIsLostAndNoDistinctOneIsDuplicated() => Prop.ForAll(Aggregates, BatchSizes, Seeds, (aggregates, batchSize, seed) =>
    {
        Fill(aggregates);

        DeliverWithFaultsAsync(batchSize, new Random(seed)).GetAwaiter().GetResult();

        // Only equal user records of one aggregate can be confused with one another.
        var distinct = _stream.Identities.GroupBy(identity => identity with { Occurrence = 0 }).Where(group => group.Count() == 1).Select(group => group.Key);
        return _committed.All(_stream.Identities.Contains)
            && distinct.All(_committed.Contains)
            && _stream.Identities.All(identity => _committed.Contains(identity with { Occurrence = 0 }));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WithoutTheStreamDistinctUserRecordsAreNeitherLostNorDuplicated() => Prop.ForAll(Aggregates, BatchSizes, Seeds, (aggregates, batchSize, seed) =>
    {
        Fill(aggregates);
        _stream.IsReadable = false;

        DeliverWithFaultsAsync(batchSize, new Random(seed)).GetAwaiter().GetResult();

        return _committed.All(_stream.Identities.Contains)
            && _stream.Identities.All(identity => _committed.Contains(identity with { Occurrence = 0 }));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task ARedeliveryOfTheUnchangedBatchIsNotTheNextOne()
    {
        _stream.Put(1, Enumerable.Repeat(("user-1", "{}"), 20));
        var processor = Processor();
        var records = _stream.Records;
        await InvokeAsync(processor, [.. records.Take(7)], "first");
        await InvokeAsync(processor, [.. records.Take(7)], "first");
        await InvokeAsync(processor, [.. records.Skip(7).Take(7)], "second");

        Assert.Equal([.. Enumerable.Range(0, 7), .. Enumerable.Range(0, 7), .. Enumerable.Range(7, 7)], _committed.Select(identity => identity.Occurrence));
    }

    [Fact]
    public async Task AfterAFailureWithinAnAggregateItsUserRecordsComeAgainWithTheirIdentities()
    {
        _stream.Put(1, [("a", "1"), ("a", "1"), ("a", "1"), ("a", "2"), ("a", "1")]);
        var processor = Processor();
        var records = _stream.Records.ToArray();
        await InvokeAsync(processor, records[..2], "first");
        var reported = await InvokeAsync(processor, records[2..], "second", failAt: 1);
        await InvokeAsync(processor, records[2..], "third");

        Assert.Equal([Some.Sequence(1)], reported);
        Assert.Equal([0, 1, 2, 2, 0, 3], _committed.Select(identity => identity.Occurrence));
    }

    [Fact]
    public async Task DistinctUserRecordsCostNoLookupAfterTheFirstBatch()
    {
        _stream.Put(1, Enumerable.Range(0, 100).Select(i => ("a", i.ToString(CultureInfo.InvariantCulture))));

        await DeliverAsync(Processor(), batchSize: 7);

        Assert.Equal(1, _stream.Lookups);
        Assert.Equal(100, _committed.Distinct().Count());
    }

    [Fact]
    public async Task RecordsThatAreAloneCostNoLookupAfterTheFirstBatch()
    {
        for (var i = 0; i < 30; i++)
        {
            _stream.Put(i, [("a", "{}")]);
        }

        await DeliverAsync(Processor(), batchSize: 7);

        Assert.Equal(1, _stream.Lookups);
    }

    [Fact]
    public async Task AnOrdinaryReaderNeverLooksUp()
    {
        var processor = Processor();
        var response = await processor.ProcessAsync(
            Some.Batch(Some.Aggregate(1, ("a", "{}"), ("a", "{}")), Some.Record(2)), Some.Context(), _ => new IdentityFold(), CommitAsync);

        Assert.Empty(response.BatchItemFailures);
        Assert.Equal([0, 1, 0], _committed.Select(identity => identity.Occurrence));
        Assert.Equal(0, _stream.Lookups);
    }

    [Theory]
    [InlineData("ab", "abcabc", 3, false, 3)]
    [InlineData("ab", "abcabc", 0, false, 0)]
    [InlineData("ab", "abcabc", 1, false, 0)]
    [InlineData("bc", "abcabc", 0, true, 4)]
    [InlineData("b", "abcabc", 0, false, 1)]
    public void TheRunsPlaceInTheAggregateIsFound(string run, string aggregate, int processed, bool endsTheAggregate, int start) =>
        Assert.Equal(start, AggregateContinuity.CountBefore(Hashes(run), Hashes(aggregate), processed, endsTheAggregate).Total);

    [Fact]
    public void WithFilteredUserRecordsEachFingerprintIsCountedSeparately()
    {
        var before = AggregateContinuity.CountBefore(Hashes("ac"), Hashes("abacxabacx"), processed: 0, endsTheAggregate: true);

        Assert.Equal((3, 1, 4), (before.GetCount('a'), before.GetCount('c'), before.Total));
    }

    [Theory]
    [InlineData("ax", "abcabc", false)]
    [InlineData("abcd", "abc", false)]
    [InlineData("aab", "ab", true)]
    public void WithoutAPlaceForTheRunNothingPrecedesIt(string run, string aggregate, bool endsTheAggregate) =>
        Assert.Equal(0, AggregateContinuity.CountBefore(Hashes(run), Hashes(aggregate), processed: 0, endsTheAggregate).Total);

    /// <summary>Another environment processed the batch in between, so this one's memory of the shard is of no use.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    public async Task AnEnvironmentThatMissedABatchLooksTheAggregateUp(int aggregates, int size)
    {
        for (var number = 0; number < aggregates; number++)
        {
            _stream.Put(number, [("a", "1"), ("a", "1")]);
        }

        _stream.Put(7, [("a", "{}")]);
        _stream.Put(8, [("a", "{}")]);
        _stream.Put(9, Enumerable.Repeat(("a", "{}"), 5));
        _stream.Put(10, [("b", "{}")]);
        var records = _stream.Records.ToArray();
        var processor = Processor();
        foreach (var batch in records[..^6].Chunk(2))
        {
            await InvokeAsync(processor, batch, NextRequest());
        }

        var rest = 5 - size;
        await InvokeAsync(Processor(), records[^6..][..rest], NextRequest());
        _committed.Clear();
        await InvokeAsync(processor, records[^6..][rest..], NextRequest());

        Assert.Equal([.. Enumerable.Range(rest, size), 0], _committed.Select(identity => identity.Occurrence));
    }

    [Fact]
    public async Task AfterAnIncompleteCommitTheUserRecordsComeAgainWithTheirOccurrences()
    {
        _stream.Put(1, Enumerable.Repeat(("a", "{}"), 6));
        var processor = Processor();
        var records = _stream.Records.ToArray();
        var response = await processor.ProcessAsync(
            Some.Batch(records[..3]),
            Some.Context(requestId: "first"),
            _ => new IdentityFold(),
            (_, _) => Task.FromResult(CommitResult.FailedFrom(SequenceNumber.Parse(Some.Sequence(1)))));
        await InvokeAsync(processor, records[..3], "second");

        Assert.Equal([Some.Sequence(1)], Some.Reported(response));
        Assert.Equal([0, 1, 2], _committed.Select(identity => identity.Occurrence));
    }

    [Fact]
    public async Task AfterAFailureAtTheStartOfAnAggregateNothingPrecedesItAndNothingIsLookedUp()
    {
        _stream.Put(1, Enumerable.Repeat(("a", "{}"), 4));
        _stream.Put(2, Enumerable.Repeat(("a", "{}"), 6));
        _stream.Put(3, [("a", "{}")]);
        var processor = Processor();
        var records = _stream.Records.ToArray();
        await InvokeAsync(processor, records[..2], "first");
        var reported = await InvokeAsync(processor, records[2..11], "second", failAt: 2);
        var lookups = _stream.Lookups;
        _committed.Clear();
        await InvokeAsync(processor, records[4..7], "third");

        Assert.Equal([Some.Sequence(2)], reported);
        Assert.Equal([0, 1, 2], _committed.Select(identity => identity.Occurrence));
        Assert.Equal(lookups, _stream.Lookups);
    }

    [Fact]
    public async Task SixteenShardsAreRemembered()
    {
        var lookup = new CountingLookup();
        var processor = new BatchProcessor(Some.Reader, new FakeTime(Some.Now), lookup) { LogWriter = new NoLog() };
        for (var shard = 0; shard < 16; shard++)
        {
            Assert.Equal(1, await LookupsAsync(shard));
        }

        Assert.Equal(0, await LookupsAsync(0));
        Assert.Equal(1, await LookupsAsync(16));
        Assert.Equal(0, await LookupsAsync(0));
        Assert.Equal(0, await LookupsAsync(2));
        Assert.Equal(1, await LookupsAsync(1));

        async Task<int> LookupsAsync(int shard)
        {
            var before = lookup.Lookups;
            var record = Some.TakenApart(++_requests, ("a", "{}"))[0];
            record.EventId = $"shardId-{shard}:{record.Kinesis.SequenceNumber}";
            Assert.Empty(await InvokeAsync(processor, [record], NextRequest()));
            return lookup.Lookups - before;
        }
    }

    [Fact]
    public async Task AUserRecordWithoutDataAfterOthersOfItsAggregateDoesNotHoldThemBack()
    {
        _stream.Put(1, [("a", "1"), ("a", "2")]);
        var records = _stream.Records.ToArray();
        records[1].Kinesis.Data = null!;

        var reported = await InvokeAsync(Processor(), records, "first");

        Assert.Equal([Some.Sequence(1)], reported);
        Assert.Single(_committed);
    }

    private static Arbitrary<string[][]> Aggregates => Gen.Elements("a", "a", "b", "c", "d").ArrayOf().Where(users => users.Length is > 0 and < 25)
        .ArrayOf().Where(aggregates => aggregates.Length is > 0 and < 6).ToArbitrary();

    private static Arbitrary<int> BatchSizes => Gen.Choose(1, 12).ToArbitrary();

    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue).ToArbitrary();

    private static List<ulong> Hashes(string users) => [.. users.Select(user => (ulong)user)];

    private void Fill(string[][] aggregates)
    {
        _stream.Clear();
        _committed.Clear();
        for (var i = 0; i < aggregates.Length; i++)
        {
            _stream.Put(i, aggregates[i].Select(user => ("key", user)));
        }
    }

    private BatchProcessor Processor() => new(Some.Reader, new FakeTime(Some.Now), _stream) { LogWriter = new NoLog() };

    private string NextRequest() => (++_requests).ToString(CultureInfo.InvariantCulture);

    private async Task DeliverAsync(BatchProcessor processor, int batchSize)
    {
        foreach (var batch in _stream.Records.Chunk(batchSize))
        {
            Assert.Empty(await InvokeAsync(processor, batch, NextRequest()));
        }
    }

    private async Task DeliverWithFaultsAsync(int batchSize, Random random)
    {
        var processor = Processor();
        foreach (var batch in _stream.Records.Chunk(batchSize))
        {
            var open = new Stack<KinesisEvent.KinesisEventRecord[]>([batch]);
            while (open.TryPop(out var part))
            {
                var fault = random.Next(8);
                processor = fault == 0 ? Processor() : processor;
                var reported = await InvokeAsync(processor, part, NextRequest(), failAt: fault == 1 ? random.Next(part.Length) : null);
                if (reported is [var number])
                {
                    open.Push(part[Array.FindIndex(part, record => record.Kinesis.SequenceNumber == number)..]);
                }
                else if (fault == 2 && part.Length > 1)
                {
                    // The response is lost, and Lambda bisects the batch.
                    open.Push(part[(part.Length / 2)..]);
                    open.Push(part[..(part.Length / 2)]);
                }
            }
        }
    }

    private async Task<IReadOnlyList<string>> InvokeAsync(
        BatchProcessor processor, KinesisEvent.KinesisEventRecord[] records, string requestId, int? failAt = null)
    {
        var response = await processor.ProcessAsync(
            Some.Batch(records), Some.Context(requestId: requestId), _ => new IdentityFold(failAt), CommitAsync);
        return [.. Some.Reported(response)];
    }

    private Task<CommitResult> CommitAsync(IdentityFold fold, CancellationToken cancellationToken)
    {
        _committed.AddRange(fold.Identities);
        return Task.FromResult(CommitResult.Complete);
    }

    private sealed class IdentityFold(int? failAt = null) : IBatchFold
    {
        public List<RecordIdentity> Identities { get; } = [];

        public void Add(in StreamRecord record, in UserRecord user)
        {
            if (Identities.Count == failAt)
            {
                throw new InvalidOperationException();
            }

            Identities.Add(RecordIdentity.Create(record, user));
        }
    }

    private sealed class NoLog : ILogWriter
    {
        public void Error(string text, LoggedException? exception = null)
        {
        }

        public void Warning(string text, LoggedException? exception = null)
        {
        }
    }

    private sealed class CountingLookup : IRecordLookup
    {
        public int Lookups { get; private set; }

        public Task<(string PartitionKey, ReadOnlyMemory<byte> Data)?> FindAsync(
            string streamArn, string shardId, string sequenceNumber, CancellationToken cancellationToken)
        {
            Lookups++;
            return Task.FromResult<(string, ReadOnlyMemory<byte>)?>(null);
        }
    }

    private sealed class Stream : IRecordLookup
    {
        private readonly Dictionary<string, (string, string)[]> _aggregates = [];

        public List<KinesisEvent.KinesisEventRecord> Records { get; } = [];

        /// <summary>The user records' identities in whole aggregates.</summary>
        public List<RecordIdentity> Identities { get; } = [];

        public int Lookups { get; private set; }

        public bool IsReadable { get; set; } = true;

        public void Put(int number, IEnumerable<(string, string)> users)
        {
            (string, string)[] all = [.. users];
            _aggregates.Add(Some.Sequence(number), all);
            Records.AddRange(Some.TakenApart(number, all));
            Identities.AddRange(Some.Folded(new IdentityFold(), Some.Aggregate(number, all)).Identities);
        }

        public void Clear()
        {
            _aggregates.Clear();
            Records.Clear();
            Identities.Clear();
        }

        public Task<(string PartitionKey, ReadOnlyMemory<byte> Data)?> FindAsync(
            string streamArn, string shardId, string sequenceNumber, CancellationToken cancellationToken)
        {
            Assert.Equal((Some.StreamArn, Some.Shard), (streamArn, shardId));
            Lookups++;
            return Task.FromResult<(string, ReadOnlyMemory<byte>)?>(
                IsReadable ? ("aggregate", Some.Aggregate(0, _aggregates[sequenceNumber]).Kinesis.Data.ToArray()) : null);
        }
    }
}
