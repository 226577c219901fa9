using System.Text;

namespace Analytics.Counting.Packing;

/// <summary>Reads the output of <see cref="PackedWriter"/>. Any input results in a value or a <see cref="FormatException"/>.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private const byte MaxScale = 28;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Bytes(1)[0];

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return shift < 63 || next < 2 ? value : throw Invalid();
            }
        }

        throw Invalid();
    }

    /// <summary>Reads a number up to a bound.</summary>
    public int Number(int max)
    {
        var value = Number();
        return value <= (ulong)max ? (int)value : throw Invalid();
    }

    /// <summary>Reads the number of elements that follow, each of at least one byte.</summary>
    public int Count() => Number(_rest.Length);

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public Int128 SignedInt128()
    {
        var value = UInt128.Zero;
        for (var shift = 0; shift < 128; shift += 7)
        {
            var next = Byte();
            value |= (UInt128)(uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return shift < 126 || next < 4 ? (Int128)(value >> 1) ^ -(Int128)(value & 1) : throw Invalid();
            }
        }

        throw Invalid();
    }

    public decimal Decimal()
    {
        var scale = Byte();
        var mantissa = SignedInt128();
        var magnitude = (UInt128)Int128.Abs(mantissa);
        if (scale > MaxScale || magnitude >> 96 != 0)
        {
            throw Invalid();
        }

        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), mantissa < 0, scale);
    }

    public ReadOnlySpan<byte> Block() => Bytes(Number(_rest.Length));

    public string Text()
    {
        try
        {
            return StrictUtf8.GetString(Block());
        }
        catch (DecoderFallbackException)
        {
            throw Invalid();
        }
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (_rest.Length < count)
        {
            throw Invalid();
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    public static FormatException Invalid() => new("the bytes are damaged, or of a version that this one cannot read");
}
