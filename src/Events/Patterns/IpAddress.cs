namespace Analytics.Events.Patterns;

/// <summary>
/// An IPv4 or IPv6 address. Accepts the notations that EventBridge recognizes: four decimal numbers of up to three digits, or groups of
/// hexadecimal digits and colons. An IPv4-mapped IPv6 address equals the IPv4 address. Parsing does not allocate.
/// </summary>
/// <param name="Bits">The bits, those of IPv4 in the lowest 32.</param>
/// <param name="IsV4">Whether it is an IPv4 address.</param>
internal readonly record struct IpAddress(UInt128 Bits, bool IsV4)
{
    private const int Groups = 8;
    private const int BitsPerGroup = 16;

    /// <summary>Gets the number of bits: 32 or 128.</summary>
    public int Length => IsV4 ? 32 : 128;

    /// <summary>Parses an address. Returns false if the text is not one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out IpAddress address) =>
        utf8.Contains((byte)':') ? TryParseV6(utf8, out address) : TryParseV4(utf8, out address);

    private static bool TryParseV4(ReadOnlySpan<byte> utf8, out IpAddress address)
    {
        address = default;
        var (bits, part, digits, parts) = (0U, 0, 0, 1);
        foreach (var letter in utf8)
        {
            if (letter == (byte)'.' && digits > 0 && parts < 4)
            {
                (bits, part, digits, parts) = ((bits << 8) | (uint)part, 0, 0, parts + 1);
            }
            else if (char.IsAsciiDigit((char)letter) && digits < 3)
            {
                (part, digits) = ((part * 10) + letter - '0', digits + 1);
                if (part > byte.MaxValue)
                {
                    return false;
                }
            }
            else
            {
                return false;
            }
        }

        address = new IpAddress((bits << 8) | (uint)part, IsV4: true);
        return parts == 4 && digits > 0;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> utf8, out IpAddress address)
    {
        address = default;
        var gap = utf8.IndexOf("::"u8);
        if (gap < 0)
        {
            return TryParseGroups(utf8, out var all, out var count) && count == Groups && TryCreateV6(all, out address);
        }

        if (!TryParseGroups(utf8[..gap], out var high, out var highCount)
            || !TryParseGroups(utf8[(gap + 2)..], out var low, out var lowCount)
            || highCount + lowCount >= Groups)
        {
            return false;
        }

        var shift = BitsPerGroup * (Groups - highCount);
        return TryCreateV6((highCount == 0 ? 0 : high << shift) | low, out address);
    }

    private static bool TryCreateV6(UInt128 bits, out IpAddress address)
    {
        address = bits >> 32 == ushort.MaxValue ? new IpAddress((uint)bits, IsV4: true) : new IpAddress(bits, IsV4: false);
        return true;
    }

    /// <summary>Parses groups of one to four hexadecimal digits separated by colons; an empty text has none.</summary>
    private static bool TryParseGroups(ReadOnlySpan<byte> utf8, out UInt128 bits, out int count)
    {
        (bits, count) = (0, 0);
        if (utf8.IsEmpty)
        {
            return true;
        }

        var (group, digits) = (0U, 0);
        foreach (var letter in utf8)
        {
            if (letter == (byte)':' && digits > 0 && count < Groups - 1)
            {
                (bits, group, digits, count) = ((bits << BitsPerGroup) | group, 0, 0, count + 1);
            }
            else if (char.IsAsciiHexDigit((char)letter) && digits < 4)
            {
                (group, digits) = ((group << 4) | GetValue(letter), digits + 1);
            }
            else
            {
                return false;
            }
        }

        (bits, count) = ((bits << BitsPerGroup) | group, count + 1);
        return digits > 0;
    }

    private static uint GetValue(byte hexDigit) =>
        (uint)(hexDigit <= (byte)'9' ? hexDigit - '0' : (hexDigit | 0x20) - 'a' + 10);
}
