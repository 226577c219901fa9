using System.Text;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;

namespace Analytics.Cli.Run;

/// <summary>
/// The output folder of <c>--out</c>. A later run replaces files by name and leaves other files alone.
/// </summary>
internal sealed class OutputFolder
{
    private const string Marker = "summary.json";
    private const string ArchiveFolder = "archive";
    private readonly string _path;

    private OutputFolder(string path) => _path = path;

    /// <summary>Prepares the folder and verifies that it is writable before anything is started.</summary>
    /// <exception cref="UserException">The folder cannot be used.</exception>
    public static OutputFolder Open(string path)
    {
        if (File.Exists(path))
        {
            throw new UserException($"--out {path} is a file. Use a folder.");
        }

        var folder = new OutputFolder(path);
        var archive = Path.Combine(path, ArchiveFolder);
        try
        {
            // Without a summary next to it, a folder of that name is not the output of a run.
            if (Directory.Exists(archive) && !File.Exists(Path.Combine(path, Marker)) && Directory.EnumerateFileSystemEntries(archive).Any())
            {
                throw new UserException($"--out {path} has a folder {ArchiveFolder} that is not from an earlier run. Use another folder.");
            }

            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"--out {path} cannot be written: {e.Message} Use another folder.", e);
        }
    }

    /// <summary>Deletes the files of an earlier run.</summary>
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

    /// <summary>Writes a file atomically.</summary>
    public Task WriteAsync(string name, string text, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(Path.Combine(_path, name), Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>Writes a file with one text per line.</summary>
    public Task WriteLinesAsync(string name, IEnumerable<string> lines, CancellationToken cancellationToken) =>
        WriteAsync(name, string.Concat(lines.Select(line => line + "\n")), cancellationToken);

    /// <summary>Starts a file that appears when it is committed.</summary>
    public WholeFile Begin(string name) => WholeFile.Create(Path.Combine(_path, name));

    /// <summary>Writes an object of the archive under its key.</summary>
    /// <exception cref="UserException">The key points outside of the folder.</exception>
    public async Task WriteObjectAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(Path.Combine(_path, ArchiveFolder)) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, key));
        if (!path.StartsWith(root, StringComparison.Ordinal))
        {
            throw new UserException($"the archive has an object whose key '{key}' is not a valid relative path. It was not written to --out.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await WholeFile.WriteAsync(path, content, cancellationToken);
    }
}
