namespace Analytics.Streaming;

/// <summary>Looks up a Kinesis record by its sequence number.</summary>
public interface IRecordLookup
{
    /// <summary>Finds the record.</summary>
    /// <returns>Its partition key and its data, an aggregate whole; null when the stream no longer has it or cannot be read.</returns>
    Task<(string PartitionKey, ReadOnlyMemory<byte> Data)?> FindAsync(
        string streamArn, string shardId, string sequenceNumber, CancellationToken cancellationToken);
}
