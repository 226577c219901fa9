using Amazon.Lambda.KinesisEvents;
using Analytics.Streaming;

namespace Analytics.Cli.Shared.Redelivery;

/// <summary>A past record of the stream that can be redelivered to a function.</summary>
/// <param name="ShardId">The shard.</param>
/// <param name="SequenceNumber">The sequence number.</param>
/// <param name="PartitionKey">The partition key.</param>
/// <param name="ArrivalTime">The arrival time in the stream, UTC.</param>
/// <param name="Data">The bytes.</param>
internal sealed record PastRecord(
    string ShardId, SequenceNumber SequenceNumber, string PartitionKey, DateTimeOffset ArrivalTime, ReadOnlyMemory<byte> Data)
{
    /// <summary>The user records in it, or null if it has not been decoded.</summary>
    public int? UserRecords { get; init; }

    /// <summary>Returns the record in the form that functions decode.</summary>
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
