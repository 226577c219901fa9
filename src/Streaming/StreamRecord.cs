using Amazon.Lambda.KinesisEvents;

namespace Analytics.Streaming;

/// <summary>A record of a batch and where it stands in its stream. Nothing is parsed before it is asked for.</summary>
/// <param name="Record">The record as Lambda delivered it.</param>
/// <param name="ShardId">The shard, for example <c>shardId-000000000000</c>.</param>
public readonly record struct StreamRecord(KinesisEvent.KinesisEventRecord Record, string ShardId)
{
    /// <summary>
    /// The occurrence of the user record with which it is given to a fold: how many user records of the same sequence number and
    /// <see cref="RecordFingerprint"/> come before that one.
    /// </summary>
    public int Occurrence { get; init; }

    /// <summary>Its place in the shard.</summary>
    /// <exception cref="FormatException">The record carries no Kinesis sequence number.</exception>
    public SequenceNumber SequenceNumber => SequenceNumber.Parse(Record.Kinesis.SequenceNumber);

    /// <summary>
    /// The time at which Kinesis received it, UTC; the epoch when Lambda gives none. Rounded to the millisecond, which is what Kinesis
    /// records: read from JSON, a time may be a tick off.
    /// </summary>
    public DateTimeOffset ArrivalTime => Record.Kinesis.ApproximateArrivalTimestamp is { } time ? RoundToMillisecond(time) : DateTimeOffset.UnixEpoch;

    /// <summary>The record's bytes, where they can be had without a copy.</summary>
    public ReadOnlyMemory<byte> Data =>
        Record.Kinesis.Data.TryGetBuffer(out var buffer) ? buffer : Record.Kinesis.Data.ToArray();

    /// <summary>The partition key that the record was put with.</summary>
    public string PartitionKey => Record.Kinesis.PartitionKey;

    private static DateTimeOffset RoundToMillisecond(DateTime time)
    {
        var rounded = time.Ticks + (TimeSpan.TicksPerMillisecond / 2);
        return new DateTimeOffset(rounded - (rounded % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
