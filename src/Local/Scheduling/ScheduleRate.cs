using System.Globalization;
using System.Text.RegularExpressions;

namespace Analytics.Local.Scheduling;

/// <summary>Parses expressions such as <c>rate(5 minutes)</c>.</summary>
public static partial class ScheduleRate
{
    /// <summary>The maximum period of a timer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(45);

    /// <summary>The time between two runs; false for a cron expression, a rate over 45 days, or what is neither.</summary>
    public static bool TryParse(string expression, out TimeSpan period)
    {
        period = default;
        var match = Rate().Match(expression);
        if (!match.Success || !int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var value) || value == 0)
        {
            return false;
        }

        period = match.Groups[2].Value switch
        {
            "minute" => TimeSpan.FromMinutes(value),
            "hour" => TimeSpan.FromHours(value),
            _ => TimeSpan.FromDays(value),
        };
        return period <= Longest;
    }

    [GeneratedRegex(@"^rate\((\d{1,6}) (minute|hour|day)s?\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();
}
