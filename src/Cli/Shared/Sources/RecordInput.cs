using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;

namespace Analytics.Cli.Shared.Sources;

/// <summary>The input to read records from: a file or standard input. Gzip is decompressed and must be complete.</summary>
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

    /// <summary>The name used in messages.</summary>
    public string Name { get; }

    /// <summary>Whether the input can be read more than once.</summary>
    public bool IsRepeatable { get; }

    /// <summary>Whether the input is compressed; known after it was opened.</summary>
    public bool IsGzip { get; private set; }

    /// <summary>Creates an input from a file.</summary>
    /// <exception cref="UserException">It is not a regular file.</exception>
    public static RecordInput OfFile(string path)
    {
        OpenFile(path).Dispose();
        return new RecordInput(path, isRepeatable: true, () => OpenFile(path));
    }

    /// <summary>Creates an input from a stream that can be read once, such as standard input.</summary>
    public static RecordInput OfStream(Stream stream, string name) => new(name, isRepeatable: false, () => stream);

    /// <summary>Copies the rest of a stream to a temporary file, which is deleted with the process, so that it can be read more than once.</summary>
    /// <param name="folder">The folder for the file.</param>
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

    /// <summary>Opens the input at its start. An input that can be read only once returns the same stream until it is read.</summary>
    /// <exception cref="UserException">The input cannot be opened.</exception>
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

    /// <summary>Creates the exception for a failed read.</summary>
    public UserException Unreadable(Exception cause) => cause is InvalidDataException
        ? new($"{Name} {cause.Message}. Check that it is complete.", cause)
        : new($"{Name} cannot be read: {cause.Message.ReplaceLineEndings(" ")} Check that it exists and its permissions.", cause);

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UserException($"{path} is a folder. Use a file with one JSON event per line, or an access log.");
        }

        if (!File.Exists(path))
        {
            throw new UserException($"{path} does not exist. Use a file with one JSON event per line, or an access log.");
        }

        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")} Check that it exists and its permissions.", e);
        }

        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw new UserException($"{path} is not a regular file. Pipe its content to standard input and use --from -.");
    }

    /// <summary>Reads a file from its start and leaves it open.</summary>
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
