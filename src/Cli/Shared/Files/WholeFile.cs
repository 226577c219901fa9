namespace Analytics.Cli.Shared.Files;

/// <summary>
/// A file that is written atomically: to a temporary file in the same folder, flushed to disk, and renamed. Without
/// <see cref="CommitAsync"/> nothing remains.
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

    /// <summary>The stream to write the content to.</summary>
    public FileStream Content { get; }

    /// <summary>Starts writing a file in an existing folder.</summary>
    /// <param name="path">The file's path; an existing file is unchanged until <see cref="CommitAsync"/>.</param>
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

    /// <summary>Flushes the file and renames it to its path.</summary>
    public async Task CommitAsync()
    {
        Content.Flush(flushToDisk: true);
        await Content.DisposeAsync();
        File.Move(_temporary, _path, overwrite: true);
        _isCommitted = true;
    }

    /// <summary>Deletes the temporary file unless it was committed.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Content.DisposeAsync();
        }
        catch (IOException) when (!_isCommitted)
        {
            // Buffered data need not be written because the file is deleted. The writer has already received the error.
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
