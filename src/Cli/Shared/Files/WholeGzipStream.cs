using System.IO.Compression;

namespace Analytics.Cli.Shared.Files;

/// <summary>
/// Decompresses the gzip members of a stream and rejects incomplete ones: each member's CRC-32 and length must match, and only
/// members may follow. <see cref="GZipStream"/> alone reports no error for a truncated member and ignores data after the last one.
/// </summary>
/// <remarks>
/// A sentinel member of known content is appended to the stream: it is decompressed at the end only if the decompressor, which checks each
/// member's trailer, was at the start of a member there.
/// </remarks>
internal sealed class WholeGzipStream : ReadOnlyStream
{
    private const int BufferBytes = 64 * 1024;
    private static readonly byte[] Sentinel = "analytics: the end of a whole object\0"u8.ToArray();
    private static readonly byte[] SentinelMember = Compress(Sentinel);

    private readonly GZipStream _gzip;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _position;
    private int _length;
    private bool _isAtEnd;

    /// <param name="compressed">The gzip members; disposed with this stream.</param>
    public WholeGzipStream(Stream compressed) => _gzip = new GZipStream(new SentinelStream(compressed), CompressionMode.Decompress);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The stream is not complete gzip; the message is a predicate that follows the object's name.</exception>
    public override int Read(Span<byte> buffer)
    {
        // Bytes that may be part of the sentinel are held back.
        while (!_isAtEnd && _length - _position <= Sentinel.Length)
        {
            Fill();
        }

        var count = Math.Min(buffer.Length, _length - _position - (_isAtEnd ? 0 : Sentinel.Length));
        _buffer.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_position, _length - _position).CopyTo(_buffer);
        _length -= _position;
        _position = 0;
        int count;
        try
        {
            count = _gzip.Read(_buffer.AsSpan(_length));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("is damaged: it is not gzip, or its checksum or length does not match", e);
        }

        _length += count;
        if (count > 0)
        {
            return;
        }

        _isAtEnd = true;
        if (!_buffer.AsSpan(0, _length).EndsWith(Sentinel))
        {
            throw new InvalidDataException("is damaged: it is truncated, or followed by data that is not gzip");
        }

        _length -= Sentinel.Length;
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    /// <summary>A stream followed by the sentinel member.</summary>
    private sealed class SentinelStream(Stream first) : ReadOnlyStream
    {
        private readonly MemoryStream _sentinel = new(SentinelMember, writable: false);
        private bool _isFirstRead;

        public override int Read(Span<byte> buffer)
        {
            if (!_isFirstRead)
            {
                var count = first.Read(buffer);
                if (count > 0 || buffer.IsEmpty)
                {
                    return count;
                }

                _isFirstRead = true;
            }

            return _sentinel.Read(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                first.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
