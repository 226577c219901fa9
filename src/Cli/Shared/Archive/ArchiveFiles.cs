using Analytics.Archiving;

namespace Analytics.Cli.Shared.Archive;

/// <summary>Archive objects stored as local files.</summary>
/// <param name="Folder">The folder to which the keys are relative.</param>
/// <param name="Keys">The keys of the files.</param>
internal sealed record ArchiveFiles(string Folder, IReadOnlyList<ArchiveKey> Keys)
{
    private const int DownloadsAtOnce = 16;

    /// <summary>Whether there are no files.</summary>
    public bool IsEmpty => Keys.Count == 0;

    /// <summary>Returns the keys of a kind.</summary>
    public string[] GetKeys(ArchiveKind kind) => [.. Keys.Where(key => key.Kind == kind).Select(key => key.Text)];

    /// <summary>Lists the keys of a time range in a store.</summary>
    public static async Task<IReadOnlyList<ArchiveKey>> ListAsync(IArchiveStore store, ArchiveSpan span, IEnumerable<ArchiveKind> kinds, CancellationToken cancellationToken)
    {
        var keys = new List<ArchiveKey>();
        foreach (var prefix in kinds.SelectMany(span.Prefixes))
        {
            await foreach (var text in store.ListAsync(prefix, cancellationToken))
            {
                if (ArchiveKey.TryParse(text, out var key) && span.Includes(key.Value))
                {
                    keys.Add(key.Value);
                }
            }
        }

        return keys;
    }

    /// <summary>Downloads objects to a folder under their keys, several at a time.</summary>
    /// <returns>The objects that still existed.</returns>
    public static async Task<ArchiveFiles> DownloadAsync(
        IArchiveStore store, IReadOnlyList<ArchiveKey> keys, string folder, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var isThere = new bool[keys.Count];
        var done = 0L;
        var options = new ParallelOptions { MaxDegreeOfParallelism = DownloadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, keys.Count, options, async (i, token) =>
        {
            var file = Path.Combine(folder, keys[i].Text);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            isThere[i] = await store.GetAsync(keys[i].Text, file, token);
            progress.Report(Interlocked.Increment(ref done));
        });
        return new ArchiveFiles(folder, [.. keys.Where((_, i) => isThere[i])]);
    }
}
