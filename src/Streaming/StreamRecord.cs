using Amazon.Lambda.KinesisEvents;

namespace Analytics.Streaming;

/// <summary>A record of a batch and its position in the stream. Everything is parsed on demand.</summary>
/// <param name="Record">The record as Lambda delivered it.</param>
/// <param name="ShardId">The shard, for example <c>shardId-000000000000</c>.</param>
public readonly record struct StreamRecord(KinesisEvent.KinesisEventRecord Record, string ShardId)
{
    /// <summary>
    /// The occurrence of the user record that is passed to a fold: the number of preceding user records with the same sequence number and
    /// <see cref="RecordFingerprint"/>.
    /// </summary>
    public int Occurrence { get; init; }

    /// <summary>The sequence number.</summary>
    /// <exception cref="FormatException">The record has no valid sequence number.</exception>
    public SequenceNumber SequenceNumber => SequenceNumber.Parse(Record.Kinesis.SequenceNumber);

    /// <summary>
    /// The arrival time in Kinesis, UTC; the epoch if Lambda gives none. Rounded to milliseconds, the precision of Kinesis,
    /// because a time parsed from JSON may be off by a tick.
    /// </summary>
    public DateTimeOffset ArrivalTime => Record.Kinesis.ApproximateArrivalTimestamp is { } time ? RoundToMillisecond(time) : DateTimeOffset.UnixEpoch;

    /// <summary>The record's bytes, without a copy if possible.</summary>
    public ReadOnlyMemory<byte> Data =>
        Record.Kinesis.Data.TryGetBuffer(out var buffer) ? buffer : Record.Kinesis.Data.ToArray();

    /// <summary>The record's partition key.</summary>
    public string PartitionKey => Record.Kinesis.PartitionKey;

    private static DateTimeOffset RoundToMillisecond(DateTime time)
    {
        var rounded = time.Ticks + (TimeSpan.TicksPerMillisecond / 2);
        return new DateTimeOffset(rounded - (rounded % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
