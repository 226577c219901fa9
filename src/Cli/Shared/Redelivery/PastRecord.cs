using Amazon.Lambda.KinesisEvents;
using Analytics.Streaming;

namespace Analytics.Cli.Shared.Redelivery;

/// <summary>A record that was in the stream, as it can be given to a function again.</summary>
/// <param name="ShardId">The shard.</param>
/// <param name="SequenceNumber">Its place there.</param>
/// <param name="PartitionKey">What it was put with.</param>
/// <param name="ArrivalTime">When the stream took it in, UTC.</param>
/// <param name="Data">Its bytes.</param>
internal sealed record PastRecord(
    string ShardId, SequenceNumber SequenceNumber, string PartitionKey, DateTimeOffset ArrivalTime, ReadOnlyMemory<byte> Data)
{
    /// <summary>The user records in it; null when it has not been read.</summary>
    public int? UserRecords { get; init; }

    /// <summary>The record as a function reads it.</summary>
    public StreamRecord ToStreamRecord()
    {
        var data = Data.ToArray();
        return new StreamRecord(
            new KinesisEvent.KinesisEventRecord
            {
                Kinesis = new KinesisEvent.Record
                {
                    SequenceNumber = SequenceNumber.ToString(),
                    PartitionKey = PartitionKey,
                    ApproximateArrivalTimestamp = ArrivalTime.UtcDateTime,
                    Data = new MemoryStream(data, 0, data.Length, writable: false, publiclyVisible: true),
                },
            },
            ShardId);
    }
}
