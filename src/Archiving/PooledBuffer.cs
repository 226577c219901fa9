using System.Buffers;

namespace Analytics.Archiving;

/// <summary>A growing array from the shared pool.</summary>
internal sealed class PooledBuffer : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Returns free space of at least the given size after the written bytes; <see cref="Take"/> appends it to them.</summary>
    public Span<byte> Free(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Grow(_length + count);
        }

        return _bytes.AsSpan(_length);
    }

    public void Take(int count) => _length += count;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, length));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
