using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;

namespace Analytics.Cli.Shared.Sources;

/// <summary>Bytes to make records of: a file, or standard input. Gzip is decompressed, and has to be whole.</summary>
internal sealed class RecordInput
{
    private const int GzipMagicBytes = 3;
    private readonly Func<Stream> _open;
    private PeekableStream? _opened;

    private RecordInput(string name, bool isRepeatable, Func<Stream> open)
    {
        Name = name;
        IsRepeatable = isRepeatable;
        _open = open;
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>Whether it can be read more than once.</summary>
    public bool IsRepeatable { get; }

    /// <summary>Whether it is compressed; known once it was opened.</summary>
    public bool IsGzip { get; private set; }

    /// <summary>A file.</summary>
    /// <exception cref="UserException">It is no regular file.</exception>
    public static RecordInput OfFile(string path)
    {
        OpenFile(path).Dispose();
        return new RecordInput(path, isRepeatable: true, () => OpenFile(path));
    }

    /// <summary>A stream that gives its bytes once, such as standard input.</summary>
    public static RecordInput OfStream(Stream stream, string name) => new(name, isRepeatable: false, () => stream);

    /// <summary>The same bytes from a temporary file, which goes with the process: what is left of a stream, so that it can be read more than once.</summary>
    /// <param name="folder">Where the file is made.</param>
    public RecordInput Spool(string folder)
    {
        if (IsRepeatable)
        {
            return this;
        }

        Directory.CreateDirectory(folder);
        var file = new FileStream(
            Path.Combine(folder, $"input-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        using (var content = Open())
        {
            content.CopyTo(file);
        }

        return new RecordInput(Name, isRepeatable: true, () => new RewoundStream(file)) { IsGzip = IsGzip };
    }

    /// <summary>Opens it at its beginning. What is not repeatable gives the same stream until that is read.</summary>
    /// <exception cref="UserException">It cannot be opened.</exception>
    public PeekableStream Open()
    {
        if (!IsRepeatable && _opened is not null)
        {
            return _opened;
        }

        var stream = new PeekableStream(_open());
        if (stream.Peek(head => head.Length >= GzipMagicBytes) is [0x1F, 0x8B, 0x08, ..])
        {
            IsGzip = true;
            stream = new PeekableStream(new WholeGzipStream(stream));
        }

        return _opened = stream;
    }

    /// <summary>Says that reading failed.</summary>
    public UserException Unreadable(Exception cause) => cause is InvalidDataException
        ? new($"{Name} {cause.Message}. Check that it is complete.", cause)
        : new($"{Name} cannot be read: {cause.Message.ReplaceLineEndings(" ")} Check that it is there and that you may read it.", cause);

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UserException($"{path} is a folder; name a file of one JSON event a line, or an access log.");
        }

        if (!File.Exists(path))
        {
            throw new UserException($"{path} does not exist; name a file of one JSON event a line, or an access log.");
        }

        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")} Check that it is there and that you may read it.", e);
        }

        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw new UserException($"{path} is not a regular file; give what it yields to standard input, by --from -.");
    }

    /// <summary>Reads a file from its beginning, and leaves it open.</summary>
    private sealed class RewoundStream : ReadOnlyStream
    {
        private readonly FileStream _file;

        public RewoundStream(FileStream file)
        {
            _file = file;
            file.Position = 0;
        }

        public override int Read(Span<byte> buffer) => _file.Read(buffer);
    }
}
