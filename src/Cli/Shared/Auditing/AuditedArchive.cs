using System.Runtime.CompilerServices;
using Analytics.Archiving;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Counting.Auditing;

namespace Analytics.Cli.Shared.Auditing;

/// <summary>Access to the archive for audit and repair.</summary>
/// <param name="archive">The archive.</param>
internal sealed class AuditedArchive(ArchiveReader archive) : IAuditedArchive
{
    private ArchiveSelection? _selection;
    private ILookup<string, ArchiveObjectName>? _names;

    /// <inheritdoc/>
    /// <exception cref="ArchiveIncompleteException">Objects of the time range were deleted after compaction.</exception>
    public async Task<IReadOnlyList<string>> GetShardsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        _selection = new ArchiveSelection(from, to);
        await archive.RequireOriginalsAsync(_selection, cancellationToken);
        _names = await archive.ListByShardAsync(_selection, cancellationToken);
        return [.. _names.Select(shard => shard.Key)];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArchivedUserRecord> ReadAsync(string shardId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in ReadEntriesAsync(shardId, cancellationToken))
        {
            yield return new ArchivedUserRecord(entry.Key.SequenceNumber, entry.Reason is null, entry.ArrivalTime, entry.Data);
        }
    }

    /// <summary>Reads the Kinesis records of a shard that arrived in the time range listed last, by sequence number.</summary>
    public IAsyncEnumerable<PastRecord> ReadRecordsAsync(string shardId, CancellationToken cancellationToken) =>
        ArchivedRecords.ReadAsync(ReadEntriesAsync(shardId, cancellationToken), cancellationToken);

    private IAsyncEnumerable<ArchiveEntry> ReadEntriesAsync(string shardId, CancellationToken cancellationToken) =>
        archive.ReadAsync(_names![shardId], _selection!, cancellationToken);
}
