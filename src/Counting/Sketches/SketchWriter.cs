using System.Buffers;

namespace Analytics.Counting.Sketches;

/// <summary>Writes a sketch's bytes: single ones, and whole numbers in groups of seven bits, the lowest first (LEB128).</summary>
internal sealed class SketchWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public int Length => _buffer.WrittenCount;

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public Span<byte> Reserve(int count)
    {
        var span = _buffer.GetSpan(count)[..count];
        _buffer.Advance(count);
        return span;
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
