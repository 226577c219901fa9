using System.Globalization;
using System.Text.Json;

namespace Amazon.Lambda.KinesisEvents.Converters;

/// <summary>Times as seconds since 1970 with a fraction, exact to the tick.</summary>
internal static class EpochSeconds
{
    private const int TickDigits = 7;
    private const int MaxSecondDigits = 11;

    /// <summary>More seconds than a DateTime reaches, and few enough for their ticks to be counted.</summary>
    private const decimal BeyondDateTime = 300_000_000_000m;

    /// <summary>Reads a JSON number; what is finer than a tick is cut off.</summary>
    public static bool TryRead(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> raw, out DateTime value)
    {
        if (TryReadPlain(raw, out var ticks))
        {
            return TryMake(ticks, out value);
        }

        value = default;
        return reader.TryGetDecimal(out var seconds)
            && Math.Abs(seconds) < BeyondDateTime
            && TryMake((long)(seconds * TimeSpan.TicksPerSecond), out value);
    }

    /// <summary>Writes at least the three decimals that Lambda writes, and all seven when there are more.</summary>
    public static void Write(Utf8JsonWriter writer, DateTime value)
    {
        var utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        var seconds = (decimal)(utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        var format = utc.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "F3" : "F7";
        Span<byte> text = stackalloc byte[32];
        seconds.TryFormat(text, out var written, format, CultureInfo.InvariantCulture);
        writer.WriteRawValue(text[..written], skipInputValidation: true);
    }

    /// <summary>The form that Lambda writes, <c>1545084650.987</c>: digits, optionally a point and digits.</summary>
    private static bool TryReadPlain(ReadOnlySpan<byte> raw, out long ticks)
    {
        ticks = 0;
        var i = 0;
        for (; i < raw.Length && char.IsAsciiDigit((char)raw[i]); i++)
        {
            ticks = (ticks * 10) + (raw[i] - '0');
        }

        if (i is 0 or > MaxSecondDigits)
        {
            return false;
        }

        var decimals = 0;
        if (i < raw.Length && raw[i] == '.')
        {
            for (i++; i < raw.Length && char.IsAsciiDigit((char)raw[i]); i++)
            {
                if (decimals < TickDigits)
                {
                    ticks = (ticks * 10) + (raw[i] - '0');
                    decimals++;
                }
            }
        }

        for (; decimals < TickDigits; decimals++)
        {
            ticks *= 10;
        }

        return i == raw.Length;
    }

    private static bool TryMake(long sinceEpoch, out DateTime value)
    {
        var ticks = DateTime.UnixEpoch.Ticks + sinceEpoch;
        var isValid = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        value = isValid ? new DateTime(ticks, DateTimeKind.Utc) : default;
        return isValid;
    }
}
