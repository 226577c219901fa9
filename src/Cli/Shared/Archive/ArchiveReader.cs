using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Analytics.Archiving;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;
using Analytics.Streaming;

namespace Analytics.Cli.Shared.Archive;

/// <summary>
/// Reads each record of an archive once. Batches that were redelivered with a different grouping create overlapping
/// objects; those are read together, and one line of each record is returned.
/// </summary>
/// <param name="client">The S3 client.</param>
/// <param name="bucket">The archive's bucket.</param>
internal sealed class ArchiveReader(IAmazonS3 client, string bucket)
{
    /// <summary>
    /// Reads the records by hour of arrival, then by shard, then in the shard's order. Memory use is proportional to the overlap of objects,
    /// usually one batch.
    /// </summary>
    /// <exception cref="UserException">An object cannot be read.</exception>
    public async IAsyncEnumerable<ArchiveEntry> ReadAsync(ArchiveSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var hour in selection.Hours())
        {
            foreach (var overlapping in Overlapping(await NamesAsync(selection, hour, cancellationToken)))
            {
                foreach (var entry in await ReadAsync(overlapping, cancellationToken))
                {
                    if (entry.ArrivalTime >= selection.From && entry.ArrivalTime < selection.To)
                    {
                        yield return entry;
                    }
                }
            }
        }
    }

    /// <summary>Lists the objects of a selection's hours, by shard.</summary>
    public async Task<ILookup<string, ArchiveObjectName>> ListByShardAsync(ArchiveSelection selection, CancellationToken cancellationToken)
    {
        var names = new List<ArchiveObjectName>();
        foreach (var hour in selection.Hours())
        {
            names.AddRange(await NamesAsync(selection, hour, cancellationToken));
        }

        return names.ToLookup(name => name.ShardId, StringComparer.Ordinal);
    }

    /// <summary>
    /// Reads each record of a shard once, in order, regardless of the hours in its objects' keys. Memory use is proportional to the overlap of objects.
    /// </summary>
    /// <param name="names">The shard's objects.</param>
    /// <param name="selection">The time range of arrival.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="UserException">An object cannot be read.</exception>
    public async IAsyncEnumerable<ArchiveEntry> ReadAsync(
        IEnumerable<ArchiveObjectName> names, ArchiveSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var overlapping in Overlapping(names))
        {
            foreach (var entry in await ReadAsync(overlapping, cancellationToken))
            {
                if (entry.ArrivalTime >= selection.From && entry.ArrivalTime < selection.To)
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>Verifies that all objects of a selection's hours exist, not only the Parquet files they were compacted to.</summary>
    /// <exception cref="ArchiveIncompleteException">Objects were deleted after compaction.</exception>
    public async Task RequireOriginalsAsync(ArchiveSelection selection, CancellationToken cancellationToken)
    {
        foreach (var day in selection.Hours().GroupBy(hour => hour.Date))
        {
            var manifest = await ReadManifestAsync(day.Key, cancellationToken);
            foreach (var hour in day)
            {
                var sources = manifest?.Parts.Where(part => part.Hour == hour.Hour).SelectMany(part => part.Sources).ToList() ?? [];
                if (sources.Count > 0)
                {
                    var names = (await ListAsync(ArchiveKind.Events, hour, shardId: null, cancellationToken)).Select(name => name.Key).ToHashSet(StringComparer.Ordinal);
                    var removed = sources.Count(source => !names.Contains(source.Key));
                    if (removed > 0)
                    {
                        throw new ArchiveIncompleteException(hour, removed);
                    }
                }
            }
        }
    }

    /// <summary>Groups objects so that no two groups of a shard share a sequence number.</summary>
    internal static IEnumerable<IReadOnlyList<ArchiveObjectName>> Overlapping(IEnumerable<ArchiveObjectName> names)
    {
        var group = new List<ArchiveObjectName>();
        var last = default(SequenceNumber);
        foreach (var name in names.OrderBy(name => name.ShardId, StringComparer.Ordinal).ThenBy(name => name.First).ThenBy(name => name.Last))
        {
            if (group.Count > 0 && (group[0].ShardId != name.ShardId || name.First > last))
            {
                yield return group;
                group = [];
            }

            last = group.Count == 0 || name.Last > last ? name.Last : last;
            group.Add(name);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private async Task<CompactionManifest?> ReadManifestAsync(DateTime day, CancellationToken cancellationToken)
    {
        var key = ArchiveKey.Prefix(ArchiveKind.Compacted, day) + CompactionManifest.FileName;
        try
        {
            return CompactionManifest.Parse(await ReadObjectAsync(key, cancellationToken), $"{key} in the bucket {bucket}");
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<byte[]> ReadObjectAsync(string key, CancellationToken cancellationToken)
    {
        using var response = await client.GetObjectAsync(bucket, key, cancellationToken);
        using var content = new MemoryStream();
        await response.ResponseStream.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    private async Task<List<ArchiveObjectName>> NamesAsync(ArchiveSelection selection, DateTime hour, CancellationToken cancellationToken)
    {
        var names = await ListAsync(ArchiveKind.Events, hour, selection.ShardId, cancellationToken);
        if (selection.WithQuarantine)
        {
            names.AddRange(await ListAsync(ArchiveKind.Quarantine, hour, selection.ShardId, cancellationToken));
        }

        return names;
    }

    private async Task<List<ArchiveObjectName>> ListAsync(ArchiveKind kind, DateTime hour, string? shardId, CancellationToken cancellationToken)
    {
        var prefix = shardId is null ? ArchiveKey.HourPrefix(kind, hour) : ArchiveObjectName.ShardPrefix(kind, hour, shardId);
        var names = new List<ArchiveObjectName>();
        await foreach (var key in ObjectListing.KeysAsync(client.ListObjectsV2Async, bucket, prefix, cancellationToken))
        {
            if (ArchiveObjectName.TryParse(key, out var name))
            {
                names.Add(name.Value);
            }
        }

        return names;
    }

    private async Task<IEnumerable<ArchiveEntry>> ReadAsync(IReadOnlyList<ArchiveObjectName> overlapping, CancellationToken cancellationToken)
    {
        var lines = new List<ArchiveEntry>();
        foreach (var name in overlapping)
        {
            lines.AddRange(ArchiveLines.Read(name.Key, await ReadObjectAsync(name.Key, cancellationToken)));
        }

        var entries = new Dictionary<RecordIdentity, ArchiveEntry>();
        foreach (var entry in ArchivedOccurrences.Resolve(lines))
        {
            entries.TryAdd(entry.Key, entry);
        }

        return entries.Values.OrderBy(entry => entry.Key.SequenceNumber).ThenBy(entry => entry.SubSequenceNumber);
    }
}
