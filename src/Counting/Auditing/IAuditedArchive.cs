namespace Analytics.Counting.Auditing;

/// <summary>The archive as an audit reads it: each user record once, however often it was written.</summary>
public interface IAuditedArchive
{
    /// <summary>Lists the shards that have user records which arrived in a span of time.</summary>
    /// <param name="from">The span's beginning.</param>
    /// <param name="to">Its end, exclusive.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    Task<IReadOnlyList<string>> GetShardsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Reads the user records of a shard that arrived in the span listed last, by sequence number.</summary>
    IAsyncEnumerable<ArchivedUserRecord> ReadAsync(string shardId, CancellationToken cancellationToken);
}
