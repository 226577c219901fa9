using System.Globalization;
using Amazon.Lambda.KinesisEvents;
using Analytics.Cli.Shared.Samples;
using Analytics.Counting;
using Analytics.Counting.Chain;
using Analytics.Counting.Deltas;
using Analytics.Counting.Keys;
using Analytics.Counting.Storage;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Rollup.Benchmarks;

/// <summary>
/// Shards with a steady load of sample events, as the function Counters stores it: one link per batch. For each second some different
/// batches are folded, and the shards share them.
/// </summary>
/// <param name="shards">Shards.</param>
/// <param name="perSecond">Events per second and shard.</param>
/// <param name="windowSeconds">The batching window of the function Counters.</param>
internal sealed class SteadyLoad(int shards, decimal perSecond, int windowSeconds)
{
    private const int DifferentBatches = 8;

    /// <summary>BatchSize, and about the number of sample events in an invocation's 6 MB.</summary>
    private const int MaxBatch = 8_000;

    private static readonly CounterPlan Plan = CreatePlan();

    private readonly Dictionary<(long, int), BatchSlice> _slices = [];
    private readonly string[] _positions = [.. Enumerable.Repeat(ShardPosition.Start.Key, shards)];
    private readonly long[] _records = new long[shards];

    /// <summary>Records of a batch.</summary>
    public int Batch { get; } = (int)Math.Min(MaxBatch, 1 + (perSecond * windowSeconds));

    /// <summary>Seconds from batch to batch.</summary>
    public decimal BatchSeconds => Batch / perSecond;

    public long Events { get; private set; }

    /// <summary>The events that the counter <c>events</c> counts.</summary>
    public long Counted { get; private set; }

    /// <summary>Puts a batch of each shard into the table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="time">The time of its events and of their arrival.</param>
    /// <returns>The bytes of the largest link.</returns>
    public int Put(MeteredTable table, DateTimeOffset time) => Enumerable.Range(0, shards).Max(shard => Put(table, shard, time, Batch));

    /// <summary>Puts a batch of one shard.</summary>
    public int Put(MeteredTable table, int shard, DateTimeOffset time, int records)
    {
        var slice = GetSlice(time, shard % DifferentBatches, records);
        var shardId = string.Create(CultureInfo.InvariantCulture, $"shardId-{shard:D12}");
        if (_records[shard] == 0)
        {
            _ = table.Fill(Attributes.Item(new ItemKey(CounterKeys.Shards, shardId)));
            _ = table.Fill(StoredDefinitions.ToItem(Plan.Set));
        }

        var first = GetSequenceNumber(_records[shard]);
        _records[shard] += slice.UserRecords;
        var end = ShardPosition.Closed(GetSequenceNumber(_records[shard] - 1));
        var link = new Link
        {
            ShardId = shardId,
            From = _positions[shard],
            End = end,
            First = first,
            Records = slice.Records,
            UserRecords = slice.UserRecords,
            Events = slice.Events,
            Malformed = slice.Malformed,
            Definitions = Plan.Set.Hash,
            Bounds = Plan.BoundsText,
            FirstArrival = slice.FirstArrival,
            LastArrival = slice.LastArrival,
            Written = slice.LastArrival,
        }.With(DeltaEncoder.Encode(Plan.Counters, slice.Cells));
        _positions[shard] = end.Key;
        Events += slice.Events;
        Counted += slice.Cells.Where(cell => Plan.Counters[cell.Value.Counter].Definition.Name == "events").Sum(cell => cell.Tally.Count);
        return table.Fill(link.ToItem(link.Written.AddDays(14)));
    }

    private static SequenceNumber GetSequenceNumber(long number) => SequenceNumber.Parse("49" + number.ToString("D54", CultureInfo.InvariantCulture));

    private static CounterPlan CreatePlan()
    {
        using var file = typeof(SteadyLoad).Assembly.GetManifestResourceStream("definitions.json")!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return new CounterPlan(Definitions.Parse(bytes.ToArray()), new EventReader(EventLimits.Default), EventTimeBounds.Default);
    }

    private BatchSlice GetSlice(DateTimeOffset time, int variant, int records)
    {
        if (_slices.TryGetValue((time.UtcTicks, variant), out var slice) && slice.UserRecords >= records)
        {
            return slice;
        }

        slice = new BatchSlice(Plan);
        var step = TimeSpan.FromSeconds((double)(BatchSeconds / Batch));
        var sample = new SampleEvents((ulong)(time.UtcTicks + variant), number => time + (step * Math.Min(number, Batch)));
        foreach (var record in sample.Take(records))
        {
            var one = new StreamRecord(
                new KinesisEvent.KinesisEventRecord
                {
                    EventId = "",
                    Kinesis = new KinesisEvent.Record
                    {
                        SequenceNumber = GetSequenceNumber(slice.Records).ToString(),
                        PartitionKey = record.PartitionKey,
                        Data = new MemoryStream(record.Data.ToArray()),
                        ApproximateArrivalTimestamp = (time + (step * Math.Min(slice.UserRecords, Batch))).UtcDateTime,
                    },
                },
                "shardId-000000000000");
            var isFirst = true;
            foreach (ref readonly var user in Plan.Reader.Read(one.Data))
            {
                slice.Add(one, user, isFirst);
                isFirst = false;
            }
        }

        _slices[(time.UtcTicks, variant)] = slice;
        return slice;
    }
}
