using System.Globalization;

namespace Analytics.Cli.Shared.Commands;

/// <summary>Parses times given as arguments.</summary>
internal static class TimeArgument
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Parses a time; without a time zone, it is UTC.</summary>
    /// <exception cref="UsageException">The text is not a time.</exception>
    public static DateTimeOffset Parse(string option, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UsageException($"{option} {text} is not a time. Use a time such as 2026-03-01T12:00:00Z.");

    /// <summary>Parses a duration: a whole number and m, h or d.</summary>
    /// <exception cref="UsageException">The text is not a duration.</exception>
    public static TimeSpan ParseLength(string text)
    {
        var minutes = text.Length == 0 ? 0 : text[^1] switch { 'm' => 1, 'h' => 60, 'd' => 1440, _ => 0 };
        return minutes > 0
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 && (long)number * minutes <= Longest.TotalMinutes
            ? TimeSpan.FromMinutes((long)number * minutes)
            : throw new UsageException("--last must be a duration up to 366d: a whole number and m, h or d, such as 30m.");
    }
}
