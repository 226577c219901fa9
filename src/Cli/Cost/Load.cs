using System.Globalization;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Cost;

/// <summary>What producers send, evenly.</summary>
/// <param name="EventsPerSecond">Events a second, each a record of its own.</param>
/// <param name="EventBytes">Bytes of an event.</param>
internal readonly record struct Load(decimal EventsPerSecond, int EventBytes)
{
    /// <summary>Hours of the month that AWS reckons with.</summary>
    public const int HoursPerMonth = 730;

    /// <summary>The most bytes of a record that a stream takes as it is made.</summary>
    public const int MaxEventBytes = 1024 * 1024;

    /// <summary>Seconds of that month.</summary>
    public const int SecondsPerMonth = HoursPerMonth * 3600;

    /// <summary>A GB as services count it.</summary>
    public const decimal Gigabyte = 1024m * 1024 * 1024;

    private const decimal MostPerSecond = 10_000_000;

    /// <summary>Events a month.</summary>
    public decimal EventsPerMonth => EventsPerSecond * SecondsPerMonth;

    /// <summary>GB a month.</summary>
    public decimal GigabytesPerMonth => EventsPerMonth * EventBytes / Gigabyte;

    /// <summary>GB a month when each event is rounded up to a multiple of some bytes.</summary>
    public decimal GigabytesInSteps(int bytes) => EventsPerMonth * UnitsOf(EventBytes, bytes) * bytes / Gigabyte;

    /// <summary>How many units of some bytes it takes.</summary>
    public static int UnitsOf(int bytes, int unit) => (bytes + unit - 1) / unit;

    /// <summary>Reads a rate: a number and <c>/s</c>, <c>/min</c>, <c>/h</c> or <c>/day</c>.</summary>
    /// <returns>Events a second.</returns>
    /// <exception cref="UsageException">It is none.</exception>
    public static decimal ParseRate(string text)
    {
        if (text.Split('/') is [var number, var unit])
        {
            var seconds = unit switch { "s" => 1, "min" => 60, "h" => 3600, "day" => 86_400, _ => 0 };
            if (seconds > 0
                && decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count)
                && count > 0 && count / seconds <= MostPerSecond)
            {
                return count / seconds;
            }
        }

        throw new UsageException($"--events '{text}' is not a rate above 0 and up to 10,000,000/s. Give a number and /s, /min, /h or /day, such as 1000/s.");
    }
}
