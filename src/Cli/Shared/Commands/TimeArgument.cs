using System.Globalization;

namespace Analytics.Cli.Shared.Commands;

/// <summary>Reads times that the user gives.</summary>
internal static class TimeArgument
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Reads a time with a zone, or in UTC without one.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static DateTimeOffset Parse(string option, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UsageException($"{option} {text} is not a time. Give one as 2026-03-01T12:00:00Z.");

    /// <summary>Reads a length of time: a whole number and m, h or d.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static TimeSpan ParseLength(string text)
    {
        var minutes = text.Length == 0 ? 0 : text[^1] switch { 'm' => 1, 'h' => 60, 'd' => 1440, _ => 0 };
        return minutes > 0
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 && (long)number * minutes <= Longest.TotalMinutes
            ? TimeSpan.FromMinutes((long)number * minutes)
            : throw new UsageException("--last is not a time up to 366d. Give a whole number and m, h or d, such as 30m.");
    }
}
