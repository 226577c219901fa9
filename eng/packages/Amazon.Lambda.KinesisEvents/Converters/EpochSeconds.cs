using System.Globalization;
using System.Text.Json;

namespace Amazon.Lambda.KinesisEvents.Converters;

/// <summary>
/// Times as seconds since 1970 with a fraction. They are read as a double, like in the published package: 1480641523.477 is read as one tick
/// earlier. Round stored or compared values to milliseconds.
/// </summary>
internal static class EpochSeconds
{
    private static readonly double MaxSeconds = (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds;
    private static readonly double MinSeconds = (DateTime.MinValue - DateTime.UnixEpoch).TotalSeconds;

    /// <summary>Reads a JSON number; returns false if it is outside the range of DateTime.</summary>
    public static bool TryRead(scoped ref Utf8JsonReader reader, out DateTime value)
    {
        var isTime = reader.TryGetDouble(out var seconds) && seconds > MinSeconds && seconds < MaxSeconds;
        value = isTime ? DateTime.UnixEpoch.AddSeconds(seconds) : default;
        return isTime;
    }

    /// <summary>Writes three rounded decimals, like Lambda.</summary>
    public static void Write(Utf8JsonWriter writer, DateTime value)
    {
        var utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        var seconds = (decimal)(utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        Span<byte> text = stackalloc byte[32];
        seconds.TryFormat(text, out var written, "F3", CultureInfo.InvariantCulture);
        writer.WriteRawValue(text[..written], skipInputValidation: true);
    }
}
