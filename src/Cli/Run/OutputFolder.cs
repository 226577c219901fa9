using System.Text;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;

namespace Analytics.Cli.Run;

/// <summary>
/// The folder that <c>--out</c> names. A later run replaces its own files there, by their names, and touches no other.
/// </summary>
internal sealed class OutputFolder
{
    private const string Marker = "summary.json";
    private const string ArchiveFolder = "archive";
    private readonly string _path;

    private OutputFolder(string path) => _path = path;

    /// <summary>Makes the folder ready, and sees that it can be written before anything is started.</summary>
    /// <exception cref="UserException">It cannot be used.</exception>
    public static OutputFolder Open(string path)
    {
        if (File.Exists(path))
        {
            throw new UserException($"--out {path} is a file; name a folder.");
        }

        var folder = new OutputFolder(path);
        var archive = Path.Combine(path, ArchiveFolder);
        try
        {
            // Without a summary beside it, a folder of that name is somebody else's.
            if (Directory.Exists(archive) && !File.Exists(Path.Combine(path, Marker)) && Directory.EnumerateFileSystemEntries(archive).Any())
            {
                throw new UserException($"--out {path} holds a folder {ArchiveFolder} that is not of an earlier run; name another folder.");
            }

            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"--out {path} cannot be written: {e.Message} Name another folder.", e);
        }
    }

    /// <summary>Removes what an earlier run left.</summary>
    public void Clear()
    {
        var archive = Path.Combine(_path, ArchiveFolder);
        if (Directory.Exists(archive))
        {
            Directory.Delete(archive, recursive: true);
        }

        foreach (var name in (string[])[Marker, "counters.ndjson", "results.ndjson", "alerts.ndjson", "failures.ndjson", "metrics.ndjson"])
        {
            File.Delete(Path.Combine(_path, name));
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public Task WriteAsync(string name, string text, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(Path.Combine(_path, name), Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>Writes a file of one text a line.</summary>
    public Task WriteLinesAsync(string name, IEnumerable<string> lines, CancellationToken cancellationToken) =>
        WriteAsync(name, string.Concat(lines.Select(line => line + "\n")), cancellationToken);

    /// <summary>Begins a file that is there once it is committed.</summary>
    public WholeFile Begin(string name) => WholeFile.Create(Path.Combine(_path, name));

    /// <summary>Writes an object of the archive under its key.</summary>
    /// <exception cref="UserException">The key would lead out of the folder.</exception>
    public async Task WriteObjectAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(Path.Combine(_path, ArchiveFolder)) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, key));
        if (!path.StartsWith(root, StringComparison.Ordinal))
        {
            throw new UserException($"the archive holds an object whose key '{key}' is no path below a folder; it was not written to --out.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await WholeFile.WriteAsync(path, content, cancellationToken);
    }
}
