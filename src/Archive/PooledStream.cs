using System.Buffers;

namespace Analytics.Archive;

/// <summary>
/// Memory in chunks from the shared pool: written once, read as often as needed. Unlike <see cref="MemoryStream"/> it never copies to grow
/// and leaves no large arrays behind.
/// </summary>
/// <remarks>
/// The S3 client closes the stream that it sends, and may need it again for a retry, so memory is returned only by <see cref="Free"/>.
/// </remarks>
internal sealed class PooledStream : Stream
{
    private const int ChunkBytes = 16 * 1024;

    private readonly List<byte[]> _chunks = [];
    private long _length;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 && value <= _length ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Returns the memory to the pool; the stream is empty afterwards.</summary>
    public void Free()
    {
        foreach (var chunk in _chunks)
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        _chunks.Clear();
        _length = _position = 0;
    }

    /// <summary>Appends data, regardless of the position.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var offset = (int)(_length % ChunkBytes);
            if (offset == 0)
            {
                _chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkBytes));
            }

            var count = Math.Min(ChunkBytes - offset, buffer.Length);
            buffer[..count].CopyTo(_chunks[^1].AsSpan(offset));
            buffer = buffer[count..];
            _length += count;
        }

        _position = _length;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        while (read < buffer.Length && _position < _length)
        {
            var offset = (int)(_position % ChunkBytes);
            var count = (int)Math.Min(Math.Min(ChunkBytes - offset, _length - _position), buffer.Length - read);
            _chunks[(int)(_position / ChunkBytes)].AsSpan(offset, count).CopyTo(buffer[read..]);
            read += count;
            _position += count;
        }

        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<int>(cancellationToken)
            : Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : ValueTask.FromResult(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => _length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();
}
