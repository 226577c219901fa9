namespace Analytics.Cli.Shared.Files;

/// <summary>
/// Reads a file line by line as bytes, with one line in memory at a time. A line ends at a line feed, which is not part of it; the last one may lack it.
/// </summary>
/// <param name="stream">The stream to read; not disposed.</param>
/// <param name="longest">Maximum length of a line in bytes; of a longer line only the length is reported.</param>
internal sealed class LineReader(Stream stream, int longest) : IRecordReader
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly MemoryStream _line = new();
    private int _position;
    private int _length;

    /// <summary>The length of the last line read, in bytes, even if it is too long.</summary>
    public long LineLength { get; private set; }

    /// <summary>The number of the last line read, from 1.</summary>
    public long LineNumber { get; private set; }

    long IRecordReader.Number => LineNumber;

    /// <summary>Whether the last line read ended with a line feed; the last line of a file may lack it.</summary>
    public bool EndsWithLineFeed { get; private set; }

    /// <summary>Whether the last line read exceeds the maximum length.</summary>
    public bool IsTooLong => LineLength > longest;

    /// <summary>Reads the next line, or returns null at the end of the file. The result is empty if <see cref="IsTooLong"/>.</summary>
    public byte[]? Read()
    {
        _line.SetLength(0);
        LineLength = 0;
        var any = false;
        while (true)
        {
            if (_position == _length)
            {
                _position = 0;
                _length = stream.Read(_buffer);
                if (_length == 0)
                {
                    return any ? Finish() : null;
                }
            }

            any = true;
            EndsWithLineFeed = false;
            var rest = _buffer.AsSpan(_position, _length - _position);
            var end = rest.IndexOf((byte)'\n');
            var part = end < 0 ? rest : rest[..end];
            LineLength += part.Length;
            if (LineLength <= longest)
            {
                _line.Write(part);
            }

            _position += part.Length + (end < 0 ? 0 : 1);
            if (end >= 0)
            {
                EndsWithLineFeed = true;
                return Finish();
            }
        }
    }

    private byte[] Finish()
    {
        LineNumber++;
        return IsTooLong ? [] : _line.ToArray();
    }
}
