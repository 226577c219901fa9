namespace Analytics.Cli.Shared.Files;

/// <summary>
/// Reads a file line by line as bytes, holding one line at a time. A line ends at a line feed, which is not part of it; the last one may lack it.
/// </summary>
/// <param name="stream">What to read; not disposed.</param>
/// <param name="longest">The most bytes of a line that are kept; of a longer one only its length is told.</param>
internal sealed class LineReader(Stream stream, int longest) : IRecordReader
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly MemoryStream _line = new();
    private int _position;
    private int _length;

    /// <summary>The length of the line read last, in bytes, kept or not.</summary>
    public long LineLength { get; private set; }

    /// <summary>The number of the line read last, from 1.</summary>
    public long LineNumber { get; private set; }

    long IRecordReader.Number => LineNumber;

    /// <summary>Whether the line read last had a line feed at its end; the last line of a file may lack it.</summary>
    public bool EndsWithLineFeed { get; private set; }

    /// <summary>Whether the line read last is longer than is kept.</summary>
    public bool IsTooLong => LineLength > longest;

    /// <summary>Reads the next line; null at the end of the file. Empty when <see cref="IsTooLong"/>.</summary>
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
