using System.Security.Cryptography;
using Analytics.Archiving;
using Analytics.Cli.Shared.Files;

namespace Analytics.Cli.Shared.Archive;

/// <summary>
/// Verifies the files of an archive before DuckDB reads them, because DuckDB reports no error for damaged gzip.
/// </summary>
/// <param name="store">The archive, which contains the manifests of its Parquet files.</param>
/// <param name="work">A folder for the manifests.</param>
internal sealed class ArchiveVerification(IArchiveStore store, WorkingFolder work)
{
    /// <summary>Verifies all files: objects by gzip checksums and their lines, Parquet by the SHA-256 in the manifest of its day.</summary>
    /// <exception cref="ArchiveDamagedException">A file is damaged.</exception>
    public async Task RequireWholeAsync(ArchiveFiles files, CancellationToken cancellationToken)
    {
        var expected = await ReadManifestsAsync(files, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files.Keys, options, async (key, token) =>
        {
            await using var content = File.OpenRead(Path.Combine(files.Folder, key.Text));
            if (key.Kind != ArchiveKind.Compacted)
            {
                ArchiveLines.Verify(key.Text, content);
            }
            else if (expected.TryGetValue(key.Text, out var sha256) && Convert.ToHexStringLower(await SHA256.HashDataAsync(content, token)) != sha256)
            {
                throw new ArchiveDamagedException(key.Text, "is damaged: its SHA-256 differs from the one in its manifest");
            }
        });
    }

    /// <summary>The SHA-256 of each Parquet object in a manifest. An object in no manifest was uploaded by a compaction that was interrupted; its source objects still exist.</summary>
    private async Task<Dictionary<string, string>> ReadManifestsAsync(ArchiveFiles files, CancellationToken cancellationToken)
    {
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var day in files.Keys.Where(key => key.Kind == ArchiveKind.Compacted).Select(key => key.Start.Date).Distinct())
        {
            var key = ArchiveKey.Prefix(ArchiveKind.Compacted, day) + CompactionManifest.FileName;
            var file = Path.Combine(work.Path, CompactionManifest.FileName);
            if (await store.GetAsync(key, file, cancellationToken))
            {
                var manifest = CompactionManifest.Parse(await File.ReadAllBytesAsync(file, cancellationToken), $"{key} in {store.Title}");
                foreach (var part in manifest.Parts)
                {
                    expected[part.Key] = part.Sha256;
                }
            }
        }

        return expected;
    }
}
