using System.Runtime.CompilerServices;
using Analytics.Archiving;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;

namespace Analytics.Cli.Shared.Archive;

/// <summary>An archive in a folder: the output of <c>analytics run --out</c>, or a download of the bucket.</summary>
internal sealed class FolderArchiveStore : IArchiveStore
{
    private FolderArchiveStore(string folder) => Folder = folder;

    public string Title => $"the folder {Folder}";

    /// <summary>The folder to which the keys are relative.</summary>
    public string Folder { get; }

    /// <summary>Opens a folder, or the folder <c>archive</c> in an output folder of <c>--out</c>.</summary>
    /// <exception cref="UserException">The folder is not an archive.</exception>
    public static FolderArchiveStore Open(string path)
    {
        foreach (var folder in (string[])[Path.Combine(path, "archive"), path])
        {
            if (ArchiveKey.TopFolders.Any(kind => Directory.Exists(Path.Combine(folder, kind))))
            {
                return new FolderArchiveStore(Path.GetFullPath(folder));
            }
        }

        throw new UserException($"--archive {path} is not an archive (it has no folder events, quarantine or compacted). Use an output folder of `analytics run --out`.");
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var start = GetPath(prefix);
        if (!Directory.Exists(start))
        {
            yield break;
        }

        var keys = Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'));
        foreach (var key in keys.Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    public Task<bool> GetAsync(string key, string file, CancellationToken cancellationToken)
    {
        var source = GetPath(key);
        if (!File.Exists(source))
        {
            return Task.FromResult(false);
        }

        File.Copy(source, file, overwrite: true);
        return Task.FromResult(true);
    }

    public Task PutAsync(string key, string file, CancellationToken cancellationToken)
    {
        var target = GetPath(key);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        return WholeFile.CopyAsync(file, target, cancellationToken);
    }

    public Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            File.Delete(GetPath(key));
        }

        return Task.CompletedTask;
    }

    private string GetPath(string key) => Path.Combine(Folder, key);
}
