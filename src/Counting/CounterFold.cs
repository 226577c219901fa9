using Analytics.Counting.Chain;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>
/// Folds a batch to numbers by counter, window and value. Malformed records are counted as such and contribute nothing else.
/// Pure; <see cref="CounterCommitter"/> writes it.
/// </summary>
public sealed class CounterFold : IBatchFold
{
    private readonly CounterPlan _plan;
    private readonly List<StreamRecord> _records = [];

    /// <summary>Starts a fold.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="batch">The batch.</param>
    public CounterFold(CounterPlan plan, BatchInfo batch)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        Whole = new BatchSlice(plan);
        Batch = batch;
    }

    /// <summary>The batch.</summary>
    public BatchInfo Batch { get; }

    /// <summary>The number of folded Kinesis records.</summary>
    public int Records => Whole.Records;

    /// <summary>The number of distinct counters, windows and values.</summary>
    public int Keys => Whole.Cells.Count;

    /// <summary>Gets the values of the batch's events that could not be counted.</summary>
    public IReadOnlyList<UnusedValues> GetUnused() => Whole.GetUnused();

    /// <summary>Returns the whole batch.</summary>
    internal BatchSlice Whole { get; }

    /// <inheritdoc/>
    public void Add(in StreamRecord record, in UserRecord user)
    {
        var isFirst = true;
        if (_records.Count > 0)
        {
            var last = _records[^1];
            isFirst = !ReferenceEquals(last.Record, record.Record)
                && !(Batch.IsFromConsumer && last.Record.Kinesis.SequenceNumber == record.Record.Kinesis.SequenceNumber);
        }

        if (_records.Count == 0 || !ReferenceEquals(_records[^1].Record, record.Record))
        {
            _records.Add(record);
        }

        Whole.Add(record, user, isFirst);
    }

    /// <summary>
    /// Returns the part of the batch above a position. Its records are decoded again, which is cheaper than storing the contribution of each for the
    /// rare case of a partial redelivery.
    /// </summary>
    /// <param name="position">The position.</param>
    /// <param name="maxUserRecords">The maximum number of user records.</param>
    /// <returns>The slice, and the position after it.</returns>
    internal (BatchSlice Slice, ShardPosition End) GetAbove(ShardPosition position, int maxUserRecords = int.MaxValue)
    {
        var slice = new BatchSlice(_plan);
        var counted = new CountedUserRecords(position);
        var occurrences = new OccurrenceCounter();
        SequenceNumber? previous = null;
        foreach (var record in _records)
        {
            var sequenceNumber = record.SequenceNumber;
            if (position.Covers(sequenceNumber))
            {
                continue;
            }

            if (sequenceNumber != previous)
            {
                occurrences.Clear();
                previous = sequenceNumber;
            }

            foreach (ref readonly var user in _plan.Reader.Read(record.Data))
            {
                var fingerprint = RecordFingerprint.Compute(record, user);
                var occurrence = Batch.IsFromConsumer ? record.Occurrence : occurrences.Next(fingerprint);
                if (sequenceNumber == position.SequenceNumber && position.HasCounted(fingerprint, occurrence))
                {
                    continue;
                }

                if (slice.UserRecords == maxUserRecords)
                {
                    return (slice, counted.ToPosition(isOpen: Batch.IsFromConsumer || sequenceNumber == counted.SequenceNumber));
                }

                slice.Add(record, user, isFirst: sequenceNumber != counted.SequenceNumber);
                counted.Add(sequenceNumber, fingerprint);
            }
        }

        return (slice, counted.ToPosition(Batch.IsFromConsumer));
    }

    /// <summary>Returns the position after the whole batch, if none of its records was counted before.</summary>
    internal ShardPosition GetEnd()
    {
        var last = Whole.Last;
        if (!Batch.IsFromConsumer)
        {
            return ShardPosition.Closed(last);
        }

        var counted = new CountedUserRecords(ShardPosition.Start);
        var first = _records.Count - 1;
        while (first > 0 && _records[first - 1].SequenceNumber == last)
        {
            first--;
        }

        foreach (var record in _records.Skip(first))
        {
            foreach (ref readonly var user in _plan.Reader.Read(record.Data))
            {
                counted.Add(last, RecordFingerprint.Compute(record, user));
            }
        }

        return counted.ToPosition(isOpen: true);
    }
}
