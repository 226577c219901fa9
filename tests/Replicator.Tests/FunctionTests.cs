using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Lambda.KinesisEvents;
using Analytics.Events;
using Analytics.Streaming;
using FsCheck;
using FsCheck.Fluent;
using NSubstitute;

namespace Analytics.Replicator.Tests;

public sealed class FunctionTests : IDisposable
{
    private readonly FakeTime _time = new(Some.Now);
    private readonly IAmazonKinesis _kinesis = Substitute.For<IAmazonKinesis>();
    private readonly List<(string Key, byte[] Data)> _taken = [];
    private readonly List<int> _requests = [];
    private readonly List<string?> _streams = [];
    private Func<PutRecordsRequestEntry, bool> _rejects = _ => false;

    public FunctionTests() =>
        _kinesis.PutRecordsAsync(Arg.Any<PutRecordsRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            call.Arg<CancellationToken>().ThrowIfCancellationRequested();
            var request = call.Arg<PutRecordsRequest>();
            lock (_taken)
            {
                _streams.Add(request.StreamName);
                _requests.Add(request.Records.Count);
                return new PutRecordsResponse { Records = [.. request.Records.Select(Take)] };
            }
        });

    /// <summary>Checks every request after the test: inside the call, a failed assertion would look like a failure of Kinesis.</summary>
    public void Dispose()
    {
        Assert.All(_streams, stream => Assert.Equal("replica", stream));
        Assert.All(_requests, count => Assert.InRange(count, 1, ReplicaWriter.MaxRecords));
    }

    [Fact]
    public async Task CopiedRecordKeepsBytesAndPartitionKeyAndNamesItsOrigin()
    {
        Assert.Empty((await RunAsync(CreateRecord(1, "user-1", "{ \"event_type\" : \"click\" }"))).BatchItemFailures);

        var copy = Assert.Single(Copies());
        Assert.Equal("user-1", copy.Key);
        Assert.Equal("{ \"event_type\" : \"click\" }", copy.Text);
        Assert.StartsWith($"eu-west-1/analytics/{Some.Shard}:{Some.Sequence(1)}:", copy.Origin.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvalidEventIsCopiedByteForByte()
    {
        byte[] data = [0xFF, 0x00, 0x7B];
        await RunAsync(CreateRecord(1, "user-1", data));

        Assert.Equal(data, Assert.Single(Copies()).Data);
    }

    [Fact]
    public async Task AnAggregateIsDividedAndItsRecordsKeepTheirKeys()
    {
        var aggregate = new ReplicaRecord("outer", SequenceNumber.Parse("1"));
        Assert.True(aggregate.TryAdd("inner-1", "{}"u8, default));
        Assert.True(aggregate.TryAdd("inner-2", "[]"u8, default));
        await RunAsync(CreateRecord(1, "outer", aggregate.ToData().ToArray()));

        Assert.Equal("outer", Assert.Single(_taken).Key);
        Assert.Equal([("inner-1", "{}"), ("inner-2", "[]")], Copies().Select(copy => (copy.UserKey, copy.Text)));
        Assert.Equal(
            [RecordFingerprint.Compute("inner-1", "{}"u8), RecordFingerprint.Compute("inner-2", "[]"u8)],
            Copies().Select(copy => Convert.ToUInt64(copy.Origin.Position[^16..], 16)));
    }

    [Fact]
    public async Task CopiedRecordIsNotCopiedBack()
    {
        await RunAsync(CreateRecord(1, "user-1", "{}"));
        var there = _taken.Select((record, index) => CreateRecord(index, record.Key, record.Data)).ToArray();
        _taken.Clear();

        Assert.Empty((await RunAsync([.. there, CreateRecord(99, "user-1", "[1]")])).BatchItemFailures);
        Assert.Equal("[1]", Assert.Single(Copies()).Text);
    }

    [Fact]
    public async Task ACopyMadeTwiceIsKnownByOneIdentity()
    {
        await RunAsync(CreateRecord(1, "user-1", "{}"));
        await RunAsync(CreateRecord(1, "user-1", "{}"));

        var identities = _taken.Select((record, index) => Identity(CreateRecord(100 + index, record.Key, record.Data)));
        Assert.StartsWith($"{Some.Shard}:{Some.Sequence(1)}:", Assert.Single(identities.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABatchIsAFewCalls()
    {
        await RunAsync([.. Enumerable.Range(0, 1200).Select(number => CreateRecord(number, $"user-{number % 600}", "{}"))]);

        Assert.Equal([100, 500], _requests.Order());
        Assert.Equal(1200, Copies().Count);
    }

    [Fact]
    public async Task OnlyTheFailedEntriesArePutAgain()
    {
        var rejected = false;
        _rejects = entry => entry.PartitionKey == "user-2" && !rejected && (rejected = true);
        var running = RunAsync(CreateRecord(1, "user-1", "{}"), CreateRecord(2, "user-2", "{}"));
        await AdvanceUntilAsync(running);

        Assert.Empty((await running).BatchItemFailures);
        Assert.Equal([2, 1], _requests);
    }

    [Fact]
    public async Task AKeyThatTheStreamDoesNotTakeReportsItsFirstRecordAndSendsNoLaterOne()
    {
        _rejects = entry => entry.PartitionKey == "user-2";
        var large = new byte[ReplicaRecord.FullBytes];
        var running = RunAsync(CreateRecord(1, "user-1", "{}"), CreateRecord(2, "user-2", large), CreateRecord(3, "user-2", large), CreateRecord(4, "user-3", large), CreateRecord(5, "user-3", large));
        await AdvanceUntilAsync(running);

        Assert.Equal([Some.Sequence(2)], Some.Reported(await running));
        Assert.Equal(["user-1", "user-3", "user-3"], _taken.Select(record => record.Key).Order());
    }

    [Fact]
    public async Task RecordTooLargeWithItsOriginStopsTheBatchAfterPrecedingRecordsAreCopied()
    {
        var response = await RunAsync(CreateRecord(1, "user-1", "{}"), CreateRecord(2, "user-1", new byte[ReplicaRecord.MaxBytes - 10]), CreateRecord(3, "user-1", "{}"));

        Assert.Equal([Some.Sequence(2)], Some.Reported(response));
        Assert.Equal("{}", Assert.Single(Copies()).Text);
    }

    [Fact]
    public void EveryBatchIsCopiedWholeAndInOrderByKey() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 4).Two().Select(pair => (Key: $"user-{pair.Item1}", Size: pair.Item2 * 60_000)).ListOf().ToArbitrary(),
        records =>
        {
            var batch = records.Select((record, index) => CreateRecord(index, record.Key, Enumerable.Repeat((byte)index, record.Size + 1).ToArray())).ToList();
            var rounds = Some.Folded(new ReplicaFold(Some.BatchInfo), batch).Rounds;
            var copies = rounds.SelectMany(round => round).SelectMany(record => Read(record.PartitionKey, record.ToData().ToArray())).ToList();
            return copies.GroupBy(copy => copy.Key).All(group => group.Select(copy => copy.Origin.Position)
                    .SequenceEqual(batch.Where(record => record.Kinesis.PartitionKey == group.Key).Select(GetIdentity)))
                && copies.Count == batch.Count
                && rounds.All(round => round.All(record => record.Size == record.ToData().Length + Encoding.UTF8.GetByteCount(record.PartitionKey) && record.Size <= ReplicaRecord.MaxBytes));
        }));

    private static string GetIdentity(KinesisEvent.KinesisEventRecord record) =>
        $"{Some.Shard}:{record.Kinesis.SequenceNumber}:{RecordFingerprint.Compute(record.Kinesis.PartitionKey, record.Kinesis.Data.ToArray()):x16}";

    private static KinesisEvent.KinesisEventRecord CreateRecord(int number, string key, string json) => CreateRecord(number, key, Encoding.UTF8.GetBytes(json));

    private static KinesisEvent.KinesisEventRecord CreateRecord(int number, string key, byte[] data)
    {
        var record = Some.Record(number, data);
        record.Kinesis.PartitionKey = key;
        return record;
    }

    private static string Identity(KinesisEvent.KinesisEventRecord record)
    {
        var streamRecord = new StreamRecord(record, Some.Shard);
        var records = Some.Reader.Read(streamRecord.Data).GetEnumerator();
        Assert.True(records.MoveNext());
        return EventIdentity.Create(streamRecord, records.Current);
    }

    private static List<Copy> Read(string key, byte[] data)
    {
        var copies = new List<Copy>();
        foreach (ref readonly var user in Some.Reader.Read(data))
        {
            Assert.NotNull(user.Origin);
            copies.Add(new Copy(key, user.PartitionKey!, user.Data.ToArray(), user.Origin.Value));
        }

        return copies;
    }

    private List<Copy> Copies() => [.. _taken.SelectMany(record => Read(record.Key, record.Data))];

    private PutRecordsResultEntry Take(PutRecordsRequestEntry entry)
    {
        if (_rejects(entry))
        {
            return new PutRecordsResultEntry { ErrorCode = "ProvisionedThroughputExceededException" };
        }

        _taken.Add((entry.PartitionKey, entry.Data.ToArray()));
        return new PutRecordsResultEntry { SequenceNumber = "1", ShardId = "shardId-000000000000" };
    }

    private Task<StreamsEventResponse> RunAsync(params KinesisEvent.KinesisEventRecord[] records) =>
        new Function(
            new BatchProcessor(new EventReader(EventLimits.Default), _time),
            new ReplicaWriter(_kinesis, "replica", _time, new Random(1))).HandleAsync(Some.Batch(records), Some.Context());

    /// <summary>Moves the clock over each pause until the batch has ended; never to the deadline, which is half a minute away.</summary>
    private async Task AdvanceUntilAsync(Task running)
    {
        while (!running.IsCompleted)
        {
            if (_time.UntilNextTimer is { } wait && wait < TimeSpan.FromSeconds(4))
            {
                _time.Advance(wait);
            }

            await Task.Yield();
        }
    }

    private readonly record struct Copy(string Key, string UserKey, byte[] Data, RecordOrigin Origin)
    {
        public string Text => Encoding.UTF8.GetString(Data);
    }
}
