using Analytics.Cli.Shared.Files;

namespace Analytics.Cli.Shared.Sources;

/// <summary>A stream whose beginning can be looked at before it is read.</summary>
/// <param name="stream">The stream; disposed with this.</param>
internal sealed class PeekableStream(Stream stream) : ReadOnlyStream
{
    /// <summary>How many bytes can be looked at.</summary>
    public const int MaxPeek = 64 * 1024;

    private readonly byte[] _head = new byte[MaxPeek];
    private int _position;
    private int _length;

    /// <summary>Whether the bytes that were looked at are all there are.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Looks at the beginning, before anything was read.</summary>
    /// <param name="isEnough">Whether these bytes will do, so that a pipe need not give more; otherwise there are as many as there are, or <see cref="MaxPeek"/>.</param>
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

    /// <summary>Passes over bytes that the stream begins with, before anything was read.</summary>
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
