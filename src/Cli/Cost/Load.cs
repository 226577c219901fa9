using System.Globalization;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Cost;

/// <summary>A constant rate of events from producers.</summary>
/// <param name="EventsPerSecond">Events per second, each a separate record.</param>
/// <param name="EventBytes">Bytes per event.</param>
internal readonly record struct Load(decimal EventsPerSecond, int EventBytes)
{
    /// <summary>Hours per month in AWS's price examples.</summary>
    public const int HoursPerMonth = 730;

    /// <summary>Maximum record size of a stream with default settings.</summary>
    public const int MaxEventBytes = 1024 * 1024;

    /// <summary>Seconds per month.</summary>
    public const int SecondsPerMonth = HoursPerMonth * 3600;

    /// <summary>Bytes per GB as services bill it.</summary>
    public const decimal Gigabyte = 1024m * 1024 * 1024;

    private const decimal MaxPerSecond = 10_000_000;

    /// <summary>Events per month.</summary>
    public decimal EventsPerMonth => EventsPerSecond * SecondsPerMonth;

    /// <summary>GB per month.</summary>
    public decimal GigabytesPerMonth => EventsPerMonth * EventBytes / Gigabyte;

    /// <summary>Returns the GB per month if each event is rounded up to a multiple of <paramref name="bytes"/>.</summary>
    public decimal GigabytesInSteps(int bytes) => EventsPerMonth * CountUnits(EventBytes, bytes) * bytes / Gigabyte;

    /// <summary>Returns the number of units, rounded up.</summary>
    public static int CountUnits(int bytes, int unit) => (bytes + unit - 1) / unit;

    /// <summary>Parses a rate: a number and <c>/s</c>, <c>/min</c>, <c>/h</c> or <c>/day</c>.</summary>
    /// <returns>Events per second.</returns>
    /// <exception cref="UsageException">The text is not a rate.</exception>
    public static decimal ParseRate(string text)
    {
        if (text.Split('/') is [var number, var unit])
        {
            var seconds = unit switch { "s" => 1, "min" => 60, "h" => 3600, "day" => 86_400, _ => 0 };
            if (seconds > 0
                && decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count)
                && count > 0 && count / seconds <= MaxPerSecond)
            {
                return count / seconds;
            }
        }

        throw new UsageException($"--events '{text}' is not a rate above 0 and up to 10,000,000/s. Give a number and /s, /min, /h or /day, such as 1000/s.");
    }
}
