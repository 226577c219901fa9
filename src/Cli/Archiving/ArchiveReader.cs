using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;
using Analytics.Cli.Compacting;
using Analytics.Cli.Querying;
using Analytics.Streaming;

namespace Analytics.Cli.Archiving;

/// <summary>
/// Reads an archive as the records that it holds, each once. Batches that were delivered again in another grouping left objects that
/// overlap; those are read together, and of each record one line is taken.
/// </summary>
/// <param name="client">The archive's service.</param>
/// <param name="bucket">The archive's bucket.</param>
internal sealed class ArchiveReader(IAmazonS3 client, string bucket)
{
    /// <summary>
    /// The records by hour of arrival, in it by shard, and in that in the shard's order. It holds as much in memory as objects overlap,
    /// usually a batch.
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

    /// <summary>Makes sure that the objects of a selection's hours are all there, not only the Parquet that was made of some.</summary>
    /// <exception cref="ArchiveIncompleteException">Some were removed when they were compacted.</exception>
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
                    var names = (await ListAsync("events", hour, shardId: null, cancellationToken)).Select(name => name.Key).ToHashSet(StringComparer.Ordinal);
                    var removed = sources.Count(source => !names.Contains(source));
                    if (removed > 0)
                    {
                        throw new ArchiveIncompleteException(hour, removed);
                    }
                }
            }
        }
    }

    /// <summary>The last sequence number that the objects of a selection's hours name, by shard.</summary>
    public async Task<IReadOnlyDictionary<string, SequenceNumber>> LastAsync(ArchiveSelection selection, CancellationToken cancellationToken)
    {
        var last = new Dictionary<string, SequenceNumber>(StringComparer.Ordinal);
        foreach (var hour in selection.Hours())
        {
            foreach (var name in await NamesAsync(selection, hour, cancellationToken))
            {
                last[name.ShardId] = last.TryGetValue(name.ShardId, out var before) && before > name.Last ? before : name.Last;
            }
        }

        return last;
    }

    /// <summary>Groups objects so that no two groups of a shard have a sequence number in common.</summary>
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
        try
        {
            using var response = await client.GetObjectAsync(bucket, ArchiveKey.Prefix(ArchiveKind.Compacted, day) + CompactionManifest.FileName, cancellationToken);
            return await JsonSerializer.DeserializeAsync(response.ResponseStream, CompactionJson.Default.CompactionManifest, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<List<ArchiveObjectName>> NamesAsync(ArchiveSelection selection, DateTime hour, CancellationToken cancellationToken)
    {
        var names = await ListAsync("events", hour, selection.ShardId, cancellationToken);
        if (selection.WithQuarantine)
        {
            names.AddRange(await ListAsync("quarantine", hour, selection.ShardId, cancellationToken));
        }

        return names;
    }

    private async Task<List<ArchiveObjectName>> ListAsync(string kind, DateTime hour, string? shardId, CancellationToken cancellationToken)
    {
        var prefix = string.Create(
            CultureInfo.InvariantCulture, $"{kind}/year={hour:yyyy}/month={hour:MM}/day={hour:dd}/hour={hour:HH}/{(shardId is null ? "" : shardId + "-")}");
        var names = new List<ArchiveObjectName>();
        string? next = null;
        do
        {
            var page = await client.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, ContinuationToken = next }, cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                if (ArchiveObjectName.TryParse(found.Key, out var name))
                {
                    names.Add(name.Value);
                }
            }

            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
        return names;
    }

    private async Task<IEnumerable<ArchiveEntry>> ReadAsync(IReadOnlyList<ArchiveObjectName> overlapping, CancellationToken cancellationToken)
    {
        var entries = new Dictionary<(SequenceNumber, int), ArchiveEntry>();
        foreach (var name in overlapping)
        {
            using var response = await client.GetObjectAsync(bucket, name.Key, cancellationToken);
            using var content = new MemoryStream();
            await response.ResponseStream.CopyToAsync(content, cancellationToken);
            foreach (var entry in ArchiveLines.Read(name.Key, content.ToArray()))
            {
                entries[(SequenceNumber.Parse(entry.Key.SequenceNumber), entry.Key.SubSequenceNumber)] = entry;
            }
        }

        return entries.OrderBy(entry => entry.Key.Item1).ThenBy(entry => entry.Key.Item2).Select(entry => entry.Value);
    }
}
