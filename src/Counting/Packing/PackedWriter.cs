using System.Buffers;
using System.Text;

namespace Analytics.Counting.Packing;

/// <summary>Writes compact bytes: whole numbers as LEB128, signed ones with zigzag encoding.</summary>
internal sealed class PackedWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public int Length => _buffer.WrittenCount;

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

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

    public void Signed(Int128 value)
    {
        var zigzag = (UInt128)((value << 1) ^ (value >> 127));
        for (; zigzag >= 0x80; zigzag >>= 7)
        {
            Byte((byte)(zigzag | 0x80));
        }

        Byte((byte)zigzag);
    }

    /// <summary>Writes a decimal: its scale, then its digits.</summary>
    public void Decimal(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        _ = decimal.GetBits(value, parts);
        var magnitude = new Int128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        Byte((byte)(parts[3] >> 16));
        Signed(parts[3] < 0 ? -magnitude : magnitude);
    }

    /// <summary>Writes bytes after their length.</summary>
    public void Block(ReadOnlySpan<byte> bytes)
    {
        Number((ulong)bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>Writes a text in UTF-8 after its length.</summary>
    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number((ulong)length);
        _ = Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    public Span<byte> Reserve(int count)
    {
        if (count == 0)
        {
            return [];
        }

        var span = _buffer.GetSpan(count)[..count];
        _buffer.Advance(count);
        return span;
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
