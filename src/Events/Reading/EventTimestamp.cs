using Analytics.Events.Json;

namespace Analytics.Events.Reading;

/// <summary>Parses producers' times.</summary>
internal static class EventTimestamp
{
    // From each of these numbers on, the next finer unit is assumed: the number would be the year 5138 in the coarser unit and is 1973 in the finer one.
    private const decimal FirstMilliseconds = 100_000_000_000m;
    private const decimal FirstMicroseconds = FirstMilliseconds * 1000;
    private const decimal FirstNanoseconds = FirstMicroseconds * 1000;

    /// <summary>The maximum length of a time with every character escaped: <c>2025-08-08T10:00:00.123456789+02:00</c> has 35 characters.</summary>
    private const int MaxEscapedLength = 40 * 6;

    public static DateTimeOffset? Read(EventText value)
    {
        if (value.Kind == JsonKind.Number)
        {
            return value.TryGetNumber(out var number) ? FromNumber(number) : null;
        }

        if (value.Kind != JsonKind.String)
        {
            return null;
        }

        if (value.TryGetNumber(out var digits))
        {
            return FromNumber(digits);
        }

        if (!value.IsEscaped)
        {
            return FromText(value.Raw);
        }

        Span<byte> text = stackalloc byte[MaxEscapedLength];
        return value.TryCopyTo(text, out var length) ? FromText(text[..length]) : null;
    }

    private static DateTimeOffset? FromNumber(decimal number)
    {
        var ticksPerUnit = Math.Abs(number) switch
        {
            < FirstMilliseconds => TimeSpan.TicksPerSecond,
            < FirstMicroseconds => TimeSpan.TicksPerMillisecond,
            < FirstNanoseconds => TimeSpan.TicksPerMicrosecond,
            _ => 1m / TimeSpan.NanosecondsPerTick,
        };
        var limit = DateTime.MaxValue.Ticks / ticksPerUnit;
        return Math.Abs(number) > limit ? null : FromTicks(DateTime.UnixEpoch.Ticks + (long)(number * ticksPerUnit));
    }

    /// <summary>
    /// <c>YYYY-MM-DD</c>, then optionally <c>T</c>, <c>t</c> or a space and <c>HH:MM[:SS[.fraction]]</c> and <c>Z</c>, <c>z</c>,
    /// <c>+HH:MM</c>, <c>+HHMM</c> or <c>+HH</c>. Fractions are truncated to 100 ns; second 60 is the first second of the next minute.
    /// </summary>
    private static DateTimeOffset? FromText(ReadOnlySpan<byte> text)
    {
        var rest = text;
        if (!TakeDigits(ref rest, 4, out var year) || !Take(ref rest, (byte)'-')
            || !TakeDigits(ref rest, 2, out var month) || !Take(ref rest, (byte)'-')
            || !TakeDigits(ref rest, 2, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var ticks = new DateTime(year, month, day).Ticks;
        if (rest.IsEmpty)
        {
            return FromTicks(ticks);
        }

        if (!(Take(ref rest, (byte)'T') || Take(ref rest, (byte)'t') || Take(ref rest, (byte)' '))
            || !TakeDigits(ref rest, 2, out var hour) || !Take(ref rest, (byte)':')
            || !TakeDigits(ref rest, 2, out var minute) || hour > 23 || minute > 59)
        {
            return null;
        }

        ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (Take(ref rest, (byte)':'))
        {
            if (!TakeDigits(ref rest, 2, out var second) || second > 60 || !TakeFraction(ref rest, out var fraction))
            {
                return null;
            }

            ticks += (second * TimeSpan.TicksPerSecond) + fraction;
        }

        return TakeZone(ref rest, out var offset) && rest.IsEmpty ? FromTicks(ticks - offset) : null;
    }

    private static bool TakeFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (!Take(ref rest, (byte)'.') && !Take(ref rest, (byte)','))
        {
            return true;
        }

        var unit = TimeSpan.TicksPerSecond;
        var any = false;
        while (TakeDigits(ref rest, 1, out var digit))
        {
            unit /= 10;
            ticks += digit * unit;
            any = true;
        }

        return any;
    }

    private static bool TakeZone(ref ReadOnlySpan<byte> rest, out long offset)
    {
        offset = 0;
        if (rest.IsEmpty || Take(ref rest, (byte)'Z') || Take(ref rest, (byte)'z'))
        {
            return true;
        }

        var sign = rest[0] == (byte)'-' ? -1 : 1;
        if (!Take(ref rest, (byte)'+') && !Take(ref rest, (byte)'-'))
        {
            return false;
        }

        var minutes = 0;
        if (!TakeDigits(ref rest, 2, out var hours)
            || ((Take(ref rest, (byte)':') || !rest.IsEmpty) && !TakeDigits(ref rest, 2, out minutes))
            || hours > 23 || minutes > 59)
        {
            return false;
        }

        offset = sign * ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute));
        return true;
    }

    private static bool Take(ref ReadOnlySpan<byte> rest, byte expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private static bool TakeDigits(ref ReadOnlySpan<byte> rest, int count, out int value)
    {
        value = 0;
        if (rest.Length < count)
        {
            return false;
        }

        foreach (var digit in rest[..count])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        rest = rest[count..];
        return true;
    }

    private static DateTimeOffset? FromTicks(long ticks) =>
        ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
