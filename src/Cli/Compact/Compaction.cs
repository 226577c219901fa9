using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Analytics.Archiving;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Sql;

namespace Analytics.Cli.Compact;

/// <summary>
/// Compacts a day's archive objects to Parquet: one file per hour, and another for objects that arrived after the hour was compacted.
/// The steps are ordered so that it can be stopped at any point and run again: a Parquet file is verified locally before it is uploaded under its final
/// name, then downloaded and compared, and added to the manifest last. Readers that deduplicate events may find the originals, the Parquet file or both.
/// </summary>
/// <param name="store">The archive.</param>
/// <param name="duckDb">Writes and reads Parquet.</param>
/// <param name="work">A temporary folder for one hour's files.</param>
internal sealed class Compaction(IArchiveStore store, DuckDb duckDb, WorkingFolder work)
{
    private static readonly IProgress<long> NoProgress = new Progress<long>();

    /// <summary>Compacts the objects that are not compacted yet.</summary>
    /// <param name="day">The day, UTC.</param>
    /// <param name="deleteOriginals">Whether to delete the archive objects whose events are in verified Parquet files.</param>
    /// <param name="progress">Reports the number of completed hours.</param>
    /// <param name="cancellationToken">Cancels the operation between two steps.</param>
    /// <exception cref="UserException">The Parquet file does not match the archive; nothing was deleted.</exception>
    public async Task<CompactionResult> RunAsync(DateTime day, bool deleteOriginals, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var prefix = ArchiveKey.Prefix(ArchiveKind.Compacted, day);
        var manifest = await ReadManifestAsync(prefix, day, cancellationToken);
        var originals = await ArchiveFiles.ListAsync(store, ArchiveSpan.Day(day), [ArchiveKind.Events], cancellationToken);
        var compacted = manifest.Parts.SelectMany(part => part.Sources).ToLookup(source => source.Key, StringComparer.Ordinal);
        var certified = deleteOriginals ? await ReadCertifiedAsync(originals.Where(key => compacted.Contains(key.Text)), compacted, cancellationToken) : [];
        var newParts = new List<CompactedPart>();
        var open = originals.Where(key => !compacted.Contains(key.Text) || (deleteOriginals && !certified.Contains(key.Text)));
        foreach (var hour in open.GroupBy(key => key.Start.Hour).OrderBy(hour => hour.Key))
        {
            var number = manifest.Parts.Count(part => part.Hour == hour.Key) + 1;
            var key = string.Create(CultureInfo.InvariantCulture, $"{prefix}hour-{hour.Key:D2}-{number:D4}.parquet");
            var part = await CompactAsync(key, hour.Key, [.. hour], cancellationToken);
            manifest = manifest with { Parts = [.. manifest.Parts, part] };
            await WriteManifestAsync(prefix, manifest, cancellationToken);
            newParts.Add(part);
            certified.UnionWith(part.Sources.Select(source => source.Key));
            progress.Report(newParts.Count);
        }

        var deleted = deleteOriginals ? await DeleteOriginalsAsync(manifest, certified, cancellationToken) : 0;
        return new CompactionResult(originals.Count, newParts, manifest.Parts, deleted);
    }

    /// <summary>
    /// Reads the objects to delete as they are stored now, and returns those whose events are all in their Parquet file. The
    /// others were rewritten with other events and are compacted again.
    /// </summary>
    private async Task<HashSet<string>> ReadCertifiedAsync(
        IEnumerable<ArchiveKey> keys, ILookup<string, CompactedSource> compacted, CancellationToken cancellationToken)
    {
        var certified = new HashSet<string>(StringComparer.Ordinal);
        foreach (var hour in keys.GroupBy(key => key.Start))
        {
            var folder = work.Folder("stored-originals");
            try
            {
                var files = await ArchiveFiles.DownloadAsync(store, [.. hour], folder, NoProgress, cancellationToken);
                foreach (var key in files.Keys)
                {
                    if (compacted[key.Text].Contains(await SumAsync(folder, key, new EventFingerprint(), cancellationToken)))
                    {
                        certified.Add(key.Text);
                    }
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return certified;
    }

    /// <summary>Sums up the events of an object and of all objects.</summary>
    private static async Task<CompactedSource> SumAsync(string folder, ArchiveKey key, EventFingerprint all, CancellationToken cancellationToken)
    {
        var sum = new EventFingerprint();
        foreach (var entry in ArchiveLines.Read(key.Text, await File.ReadAllBytesAsync(Path.Combine(folder, key.Text), cancellationToken)))
        {
            var hashed = HashedEvent.Create(entry);
            sum.Add(hashed);
            all.Add(hashed);
        }

        var (count, total) = sum.Finish();
        return new CompactedSource(key.Text, count, total);
    }

    private async Task<CompactedPart> CompactAsync(string key, int hour, IReadOnlyList<ArchiveKey> keys, CancellationToken cancellationToken)
    {
        var folder = work.Folder("archive");
        try
        {
            var files = await ArchiveFiles.DownloadAsync(store, keys, folder, NoProgress, cancellationToken);
            var expected = new EventFingerprint();
            var sources = new List<CompactedSource>();
            foreach (var file in files.Keys)
            {
                sources.Add(await SumAsync(folder, file, expected, cancellationToken));
            }

            var target = Path.Combine(folder, "part.parquet");
            var found = await duckDb.CompactAsync(files, work.Folder("temporary"), hour, target, cancellationToken);
            var (count, sum) = expected.Finish();
            if (found.Rows != count || found.Fingerprint != sum)
            {
                throw new UserException(
                    $"the Parquet of hour {hour:D2} does not match the archive: it has {found.Rows} events with sum {found.Fingerprint}, not {count} with {sum}. It was not stored, and no archive object was deleted.");
            }

            await using var content = File.OpenRead(target);
            var part = new CompactedPart(
                key, hour, found.Rows, found.Fingerprint, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)), content.Length, sources);
            await store.PutAsync(key, target, cancellationToken);
            await VerifyAsync(part, cancellationToken);
            return part;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Verifies that the store returns the verified bytes.</summary>
    private async Task VerifyAsync(CompactedPart part, CancellationToken cancellationToken)
    {
        var file = Path.Combine(work.Folder("stored"), Path.GetFileName(part.Key));
        var isThere = await store.GetAsync(part.Key, file, cancellationToken);
        await using var content = isThere ? File.OpenRead(file) : Stream.Null;
        if (!isThere || Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) != part.Sha256)
        {
            throw new UserException($"{part.Key} in {store.Title} {(isThere ? "differs from the verified file" : "is missing")}. None of its archive objects was deleted. Delete {CompactionManifest.FileName} next to it, and run the command again.");
        }
    }

    /// <summary>Deletes objects after verifying their Parquet files again.</summary>
    private async Task<int> DeleteOriginalsAsync(CompactionManifest manifest, HashSet<string> certified, CancellationToken cancellationToken)
    {
        foreach (var part in manifest.Parts.Where(part => part.Sources.Any(source => certified.Contains(source.Key))))
        {
            await VerifyAsync(part, cancellationToken);
        }

        await store.DeleteAsync([.. certified], cancellationToken);
        return certified.Count;
    }

    private async Task<CompactionManifest> ReadManifestAsync(string prefix, DateTime day, CancellationToken cancellationToken)
    {
        var file = Path.Combine(work.Path, CompactionManifest.FileName);
        if (!await store.GetAsync(prefix + CompactionManifest.FileName, file, cancellationToken))
        {
            return new CompactionManifest { Day = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Parts = [] };
        }

        return CompactionManifest.Parse(await File.ReadAllBytesAsync(file, cancellationToken), $"{prefix}{CompactionManifest.FileName} in {store.Title}");
    }

    private async Task WriteManifestAsync(string prefix, CompactionManifest manifest, CancellationToken cancellationToken)
    {
        var file = Path.Combine(work.Path, CompactionManifest.FileName);
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(manifest, CompactionJson.Default.CompactionManifest), cancellationToken);
        await store.PutAsync(prefix + CompactionManifest.FileName, file, cancellationToken);
    }
}

/// <summary>The result of a compaction.</summary>
/// <param name="Originals">Number of archive objects of the day before the compaction.</param>
/// <param name="NewParts">Parquet objects that were created.</param>
/// <param name="Parts">All Parquet objects of the day.</param>
/// <param name="Deleted">Number of archive objects that were deleted.</param>
internal sealed record CompactionResult(int Originals, IReadOnlyList<CompactedPart> NewParts, IReadOnlyList<CompactedPart> Parts, int Deleted);
