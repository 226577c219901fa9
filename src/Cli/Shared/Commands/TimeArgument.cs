using System.Globalization;

namespace Analytics.Cli.Commands;

/// <summary>Reads times that the user gives.</summary>
internal static class TimeArgument
{
    /// <summary>Reads a time with a zone, or in UTC without one.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static DateTimeOffset Parse(string option, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UsageException($"{option} {text} is not a time. Give one as 2026-03-01T12:00:00Z.");
}
