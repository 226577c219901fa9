using System.Globalization;

namespace Analytics.Cli.Commands;

/// <summary>Parses times given as arguments.</summary>
internal static class TimeArgument
{
    /// <summary>Parses a time; without a time zone, it is UTC.</summary>
    /// <exception cref="UsageException">The text is not a time.</exception>
    public static DateTimeOffset Parse(string option, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UsageException($"{option} {text} is not a time. Use a time such as 2026-03-01T12:00:00Z.");
}
