namespace Analytics.Streaming;

/// <summary>Looks up a Kinesis record by its sequence number.</summary>
public interface IRecordLookup
{
    /// <summary>Finds the record.</summary>
    /// <returns>The partition key and data (of a whole aggregate), or null if the stream no longer has the record or cannot be read.</returns>
    Task<(string PartitionKey, ReadOnlyMemory<byte> Data)?> FindAsync(
        string streamArn, string shardId, string sequenceNumber, CancellationToken cancellationToken);
}
