namespace Analytics.Counting.Auditing;

/// <summary>The archive for an audit: returns each user record once, however often it was written.</summary>
public interface IAuditedArchive
{
    /// <summary>Lists the shards with user records that arrived in a time range.</summary>
    /// <param name="from">The start of the range.</param>
    /// <param name="to">The end of the range, exclusive.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<IReadOnlyList<string>> GetShardsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Reads the user records of a shard that arrived in the time range listed last, by sequence number.</summary>
    IAsyncEnumerable<ArchivedUserRecord> ReadAsync(string shardId, CancellationToken cancellationToken);
}
