using System.Runtime.InteropServices;
using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>
/// Determines, for a consumer's batch, which user records of its first sequence number precede it in the aggregate, so that equal ones keep
/// their occurrences even if a batch ends within an aggregate. An execution environment remembers where the shard's previous batch ended; if that is
/// not sufficient, the aggregate is looked up in the stream. See docs/failures.md for the two cases that are not decided.
/// </summary>
/// <param name="reader">Decodes user records.</param>
/// <param name="lookup">Looks up aggregates, or null to use memory alone.</param>
internal sealed class AggregateContinuity(EventReader reader, IRecordLookup? lookup)
{
    /// <summary>The maximum number of remembered shards; the memory per shard is bounded by the size of an aggregate.</summary>
    private const int MaxShards = 16;

    private readonly Dictionary<string, Memory> _shards = new(StringComparer.Ordinal);
    private long _batches;
    private bool _hasSeenAggregates;

    /// <summary>Determines the user records that precede a batch under its first sequence number.</summary>
    /// <returns>The user records before the batch's first one, or null if there are none.</returns>
    public async Task<OccurrenceCounter?> FindLeadingAsync(Batch batch, string requestId, CancellationToken cancellationToken)
    {
        if (!batch.IsFromConsumer || batch.ValidPrefixLength == 0 || batch.SequenceNumberAt(0) is not { } number)
        {
            return null;
        }

        var memory = _shards.GetValueOrDefault(batch.ShardId);
        if (memory?.RequestId == requestId && memory.LeadingNumber == number)
        {
            return memory.Leading;
        }

        var (run, records) = ReadRun(batch, number);
        var before = memory?.NextNumber == number ? memory.Next : null;
        var isDecided = memory is not null && (memory.NextNumber == number
            ? before is null || !run.Exists(fingerprint => before.GetCount(fingerprint) > 0)
            : records == 1 && !_hasSeenAggregates);
        if (isDecided)
        {
            return before;
        }

        return lookup is not null
            && await lookup.FindAsync(batch.StreamArn, batch.ShardId, number, cancellationToken).ConfigureAwait(false) is var (key, data)
                ? CountBefore(run, Read(key, data), before?.Total ?? 0, endsTheAggregate: records < batch.Count)
                : null;
    }

    /// <summary>Remembers how a batch ended, for the next batch of its shard.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="requestId">The invocation's request ID, which is the same if the unchanged batch is redelivered.</param>
    /// <param name="leading">The user records that precede the batch under its first sequence number.</param>
    /// <param name="numbering">The numbering of the batch's user records, or null if the whole batch failed.</param>
    /// <param name="failed">The index of the record reported to Lambda for redelivery, or the number of records if there is none.</param>
    public void Remember(Batch batch, string requestId, OccurrenceCounter? leading, OccurrenceNumbering? numbering, int failed)
    {
        if (!batch.IsFromConsumer || batch.SequenceNumberAt(0) is not { } first)
        {
            return;
        }

        _hasSeenAggregates |= numbering?.HasSharedNumbers == true;
        var isDone = numbering is not null && failed == batch.Count;
        var next = batch.SequenceNumberAt(isDone ? batch.Count - 1 : failed) ?? first;
        _shards[batch.ShardId] = new Memory(
            ++_batches, requestId, first, leading, next, isDone ? numbering!.Counter : next == first ? leading : null);
        if (_shards.Count > MaxShards)
        {
            _shards.Remove(_shards.MinBy(shard => shard.Value.Number).Key);
        }
    }

    /// <summary>
    /// Counts the user records of an aggregate before a run of them. If equal ones allow several positions, the position after the last processed user record
    /// is used, otherwise the first. If Lambda filtered out user records or processed them in another lane, no position matches; then each
    /// fingerprint is counted separately, because neither filters nor lanes separate equal user records.
    /// </summary>
    internal static OccurrenceCounter CountBefore(List<ulong> run, List<ulong> aggregate, int processed, bool endsTheAggregate)
    {
        var all = CollectionsMarshal.AsSpan(aggregate);
        var part = CollectionsMarshal.AsSpan(run);
        var last = all.Length - part.Length;
        var start = last < 0 ? -1
            : endsTheAggregate ? (all[last..].SequenceEqual(part) ? last : -1)
            : processed <= last && all.Slice(processed, part.Length).SequenceEqual(part) ? processed
            : all.IndexOf(part);
        var before = new OccurrenceCounter();
        if (start >= 0)
        {
            foreach (var fingerprint in all[..start])
            {
                _ = before.Next(fingerprint);
            }

            return before;
        }

        if (!endsTheAggregate)
        {
            return before;
        }

        var rest = new OccurrenceCounter();
        foreach (var fingerprint in run)
        {
            _ = rest.Next(fingerprint);
        }

        var total = new OccurrenceCounter();
        foreach (var fingerprint in aggregate)
        {
            _ = total.Next(fingerprint);
        }

        foreach (var fingerprint in run.Distinct())
        {
            for (var count = total.GetCount(fingerprint) - rest.GetCount(fingerprint); count > 0; count--)
            {
                _ = before.Next(fingerprint);
            }
        }

        return before;
    }

    private (List<ulong> Fingerprints, int Records) ReadRun(Batch batch, string number)
    {
        var fingerprints = new List<ulong>();
        var records = 0;
        for (; records < batch.ValidPrefixLength && batch.SequenceNumberAt(records) == number; records++)
        {
            var record = batch.RecordAt(records);
            fingerprints.AddRange(Read(record.PartitionKey, record.Data));
        }

        return (fingerprints, records);
    }

    private List<ulong> Read(string partitionKey, ReadOnlyMemory<byte> data)
    {
        var fingerprints = new List<ulong>();
        foreach (ref readonly var user in reader.Read(data))
        {
            fingerprints.Add(RecordFingerprint.Compute(user.PartitionKey ?? partitionKey, user.Data.Span));
        }

        return fingerprints;
    }

    /// <summary>The start and end of a shard's last batch.</summary>
    ///  <param name="Number">The number of the batch.</param>
    /// <param name="RequestId">Its request ID.</param>
    /// <param name="LeadingNumber">Its first sequence number.</param>
    /// <param name="Leading">The user records that preceded it under that number.</param>
    /// <param name="NextNumber">The first sequence number of the next batch, if it continues an aggregate or follows a failure.</param>
    /// <param name="Next">The user records that precede the next batch under that number, or null if there are none.</param>
    private sealed record Memory(
        long Number, string RequestId, string LeadingNumber, OccurrenceCounter? Leading, string NextNumber, OccurrenceCounter? Next);
}
