using Analytics.Cli.Shared.Files;

namespace Analytics.Cli.Shared.Sources;

/// <summary>A stream whose first bytes can be inspected before it is read.</summary>
/// <param name="stream">The stream; disposed with this stream.</param>
internal sealed class PeekableStream(Stream stream) : ReadOnlyStream
{
    /// <summary>Maximum number of bytes that can be inspected.</summary>
    public const int MaxPeek = 64 * 1024;

    private readonly byte[] _head = new byte[MaxPeek];
    private int _position;
    private int _length;

    /// <summary>Whether the inspected bytes are the whole content.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Inspects the first bytes, before anything is read.</summary>
    /// <param name="isEnough">Returns whether the bytes so far are sufficient, so that a pipe need not provide more. Otherwise up to <see cref="MaxPeek"/> bytes are returned.</param>
    public ReadOnlySpan<byte> Peek(Func<ReadOnlySpan<byte>, bool> isEnough)
    {
        while (!IsWhole && _length < MaxPeek && !isEnough(_head.AsSpan(0, _length)))
        {
            var count = stream.Read(_head.AsSpan(_length));
            _length += count;
            IsWhole = count == 0;
        }

        return _head.AsSpan(0, _length);
    }

    /// <summary>Skips bytes at the start of the stream, before anything is read.</summary>
    public void SkipIfNext(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        if (Peek(head => head.Length >= length).StartsWith(bytes))
        {
            _position = length;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position == _length)
        {
            return stream.Read(buffer);
        }

        var count = Math.Min(buffer.Length, _length - _position);
        _head.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
