using System.Buffers;
using System.Globalization;
using System.Text;

namespace Analytics.Events.Json;

/// <summary>Unescapes validated JSON strings. An unpaired surrogate becomes U+FFFD.</summary>
internal static class JsonString
{
    /// <summary>The maximum number of UTF-8 bytes of an escape or a pair of surrogate escapes.</summary>
    private const int MaxUnitBytes = 4;

    /// <summary>Returns whether the unescaped string equals <paramref name="expected"/>.</summary>
    public static bool UnescapedEquals(ReadOnlySpan<byte> escaped, ReadOnlySpan<byte> expected)
    {
        Span<byte> unit = stackalloc byte[MaxUnitBytes];
        while (escaped.Length > 0)
        {
            var part = NextPart(escaped, unit, out var consumed);
            escaped = escaped[consumed..];
            if (!expected.StartsWith(part))
            {
                return false;
            }

            expected = expected[part.Length..];
        }

        return expected.IsEmpty;
    }

    /// <summary>Unescapes a string. Returns false if <paramref name="destination"/> is too small; the source's length is always sufficient.</summary>
    public static bool TryUnescape(ReadOnlySpan<byte> escaped, Span<byte> destination, out int written)
    {
        written = 0;
        Span<byte> unit = stackalloc byte[MaxUnitBytes];
        while (escaped.Length > 0)
        {
            var part = NextPart(escaped, unit, out var consumed);
            escaped = escaped[consumed..];
            if (!part.TryCopyTo(destination[written..]))
            {
                return false;
            }

            written += part.Length;
        }

        return true;
    }

    /// <summary>Returns the unescaped string.</summary>
    public static string ToText(ReadOnlySpan<byte> escaped)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(escaped.Length);
        TryUnescape(escaped, buffer, out var written);
        var text = Encoding.UTF8.GetString(buffer, 0, written);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    /// <summary>The first part of a string: plain bytes as they are, or an escape, resolved into <paramref name="unit"/>.</summary>
    private static ReadOnlySpan<byte> NextPart(ReadOnlySpan<byte> escaped, Span<byte> unit, out int consumed)
    {
        var plain = escaped.IndexOf((byte)'\\');
        if (plain == 0)
        {
            return unit[..UnescapeUnit(escaped, unit, out consumed)];
        }

        consumed = plain < 0 ? escaped.Length : plain;
        return escaped[..consumed];
    }

    private static int UnescapeUnit(ReadOnlySpan<byte> escaped, Span<byte> unit, out int consumed)
    {
        consumed = 2;
        switch (escaped[1])
        {
            case (byte)'b':
                unit[0] = (byte)'\b';
                return 1;
            case (byte)'f':
                unit[0] = (byte)'\f';
                return 1;
            case (byte)'n':
                unit[0] = (byte)'\n';
                return 1;
            case (byte)'r':
                unit[0] = (byte)'\r';
                return 1;
            case (byte)'t':
                unit[0] = (byte)'\t';
                return 1;
            case (byte)'u':
                consumed = 6;
                var first = CodeUnit(escaped);
                if (char.IsHighSurrogate(first) && escaped[6..].StartsWith("\\u"u8) && CodeUnit(escaped[6..]) is var second && char.IsLowSurrogate(second))
                {
                    consumed = 12;
                    return new Rune(first, second).EncodeToUtf8(unit);
                }

                return (Rune.TryCreate(first, out var rune) ? rune : Rune.ReplacementChar).EncodeToUtf8(unit);
            default:
                unit[0] = escaped[1];
                return 1;
        }
    }

    private static char CodeUnit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
