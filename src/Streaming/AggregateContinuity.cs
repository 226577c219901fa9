using System.Runtime.InteropServices;
using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>
/// Determines, for a consumer's batch, which user records of its first sequence number precede it in the aggregate, so that equal ones keep
/// their occurrences although a batch ends within an aggregate. An environment remembers where the shard's batch before ended; where that does
/// not decide, the aggregate is looked up in the stream. See docs/failures.md for what remains undecidable.
/// </summary>
/// <param name="reader">Reads user records.</param>
/// <param name="lookup">Looks aggregates up; null for memory alone.</param>
internal sealed class AggregateContinuity(EventReader reader, IRecordLookup? lookup)
{
    /// <summary>Shards remembered at a time; what is remembered of one is bounded by an aggregate.</summary>
    private const int MaxShards = 16;

    private readonly Dictionary<string, Memory> _shards = new(StringComparer.Ordinal);
    private long _batches;
    private bool _hasSeenAggregates;

    /// <summary>Finds what precedes a batch under its first sequence number.</summary>
    /// <returns>The user records before the batch's first one; null for none.</returns>
    public async Task<OccurrenceCounter?> FindLeadingAsync(Batch batch, string requestId, CancellationToken cancellationToken)
    {
        if (!batch.IsFromConsumer || batch.Usable == 0 || batch.SequenceNumberAt(0) is not { } number)
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
            ? before is null || !run.Exists(fingerprint => before.CountOf(fingerprint) > 0)
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
    /// <param name="requestId">The invocation's request ID, which a redelivery of the unchanged batch has too.</param>
    /// <param name="leading">The user records that precede the batch under its first sequence number.</param>
    /// <param name="numbering">The numbering of the batch's user records; null when it failed as a whole.</param>
    /// <param name="failed">The index of the record from which Lambda was told to redeliver; the number of records for none.</param>
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
    /// Counts the user records of an aggregate before a run of them. Where equal ones allow several places, the place after what was processed
    /// last is taken, otherwise the first. User records that Lambda filtered out, or sent down another lane, leave no place at all; then each
    /// fingerprint is counted for itself, as neither separates equal user records.
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
            for (var count = total.CountOf(fingerprint) - rest.CountOf(fingerprint); count > 0; count--)
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
        for (; records < batch.Usable && batch.SequenceNumberAt(records) == number; records++)
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
            fingerprints.Add(RecordFingerprint.Of(user.PartitionKey ?? partitionKey, user.Data.Span));
        }

        return fingerprints;
    }

    /// <summary>How a shard's last batch began and ended.</summary>
    /// <param name="Number">Counts batches.</param>
    /// <param name="RequestId">Its request ID.</param>
    /// <param name="LeadingNumber">Its first sequence number.</param>
    /// <param name="Leading">What preceded it under that number.</param>
    /// <param name="NextNumber">The sequence number at which the next batch begins, if it goes on with an aggregate or after a failure.</param>
    /// <param name="Next">What precedes the next batch under that number; null for nothing.</param>
    private sealed record Memory(
        long Number, string RequestId, string LeadingNumber, OccurrenceCounter? Leading, string NextNumber, OccurrenceCounter? Next);
}
