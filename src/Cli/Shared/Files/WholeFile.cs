namespace Analytics.Cli.Shared.Files;

/// <summary>
/// A file that appears under its name whole or not at all: it is written beside its place, flushed to the disk, and renamed. Without
/// <see cref="CommitAsync"/> nothing is left.
/// </summary>
internal sealed class WholeFile : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;
    private readonly string _path;
    private readonly string _temporary;
    private bool _isCommitted;

    private WholeFile(string path)
    {
        _path = path;
        _temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.new");
        Content = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous);
    }

    /// <summary>Takes the content.</summary>
    public FileStream Content { get; }

    /// <summary>Begins a file, whose folder is there.</summary>
    /// <param name="path">Its place; an existing file stays as it is until <see cref="CommitAsync"/>.</param>
    public static WholeFile Create(string path) => new(Path.GetFullPath(path));

    /// <summary>Writes a whole file.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var file = Create(path);
        await file.Content.WriteAsync(content, cancellationToken);
        await file.CommitAsync();
    }

    /// <summary>Copies a file.</summary>
    public static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var file = Create(to);
        await using (var content = File.OpenRead(from))
        {
            await content.CopyToAsync(file.Content, cancellationToken);
        }

        await file.CommitAsync();
    }

    /// <summary>Puts the file in its place.</summary>
    public async Task CommitAsync()
    {
        Content.Flush(flushToDisk: true);
        await Content.DisposeAsync();
        File.Move(_temporary, _path, overwrite: true);
        _isCommitted = true;
    }

    /// <summary>Removes what was written, unless it was committed.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Content.DisposeAsync();
        }
        catch (IOException) when (!_isCommitted)
        {
            // What is still buffered need not be written, as it is removed. Why it cannot be, the writer was told.
        }
        finally
        {
            if (!_isCommitted)
            {
                File.Delete(_temporary);
            }
        }
    }
}
