using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Analytics.Counting.Storage;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Keys;

/// <summary>How the table's keys are made and read.</summary>
internal static class CounterKeys
{
    /// <summary>The partition key of the items that list the shards.</summary>
    public const string Shards = "#shards";

    /// <summary>The partition key of the items that hold definitions.</summary>
    public const string Definitions = "#definitions";

    /// <summary>The beginning of the partition keys under which the function Alerts keeps its state in the same table.</summary>
    public const string AlertsPrefix = "alert|";

    private const char Separator = '|';
    private const string StartFormat = "yyyy-MM-dd'T'HH:mm'Z'";

    /// <summary>The key of the rollup's plan.</summary>
    public static ItemKey Plan => new("#rollup", "plan");

    /// <summary>The partition key of a shard's chain.</summary>
    public static string GetChain(string shardId) => $"delta{Separator}{shardId}";

    /// <summary>The identifier of the chain of a shard's corrections. No shard has it: Kinesis allows no <c>|</c> in theirs.</summary>
    public static string GetCorrections(string shardId) => $"corrections{Separator}{shardId}";

    /// <summary>The identifier of the chain of a shard's backfills.</summary>
    public static string GetBackfills(string shardId) => $"backfill{Separator}{shardId}";

    /// <summary>The shard of a chain, of corrections, or of backfills.</summary>
    public static string GetShard(string chainId) => chainId[(chainId.IndexOf(Separator, StringComparison.Ordinal) + 1)..];

    /// <summary>
    /// The partition key of windows: <c>counter|minute|2026-11-21</c>, <c>counter|hour|2026-11</c> or <c>counter|day|2026</c>, so that one query
    /// reads the minutes of a day, the hours of a month or the days of a year.
    /// </summary>
    public static string GetPartition(string counter, CounterWindow window, long startTicks)
    {
        var start = new DateTime(startTicks, DateTimeKind.Utc);
        var period = start.ToString(window switch { CounterWindow.Minute => "yyyy-MM-dd", CounterWindow.Hour => "yyyy-MM", _ => "yyyy" }, CultureInfo.InvariantCulture);
        return $"{counter}{Separator}{GetName(window)}{Separator}{period}";
    }

    /// <summary>The start of the first window in the partition after that of a window.</summary>
    public static long GetNextPartition(CounterWindow window, long startTicks)
    {
        var start = new DateTime(startTicks, DateTimeKind.Utc);
        return window switch
        {
            CounterWindow.Minute => start.Date.AddDays(1).Ticks,
            CounterWindow.Hour => new DateTime(start.Year, start.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1).Ticks,
            _ => new DateTime(start.Year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks,
        };
    }

    /// <summary>A window's start in sort keys, which sort like the starts.</summary>
    public static string GetStart(long startTicks) => new DateTime(startTicks, DateTimeKind.Utc).ToString(StartFormat, CultureInfo.InvariantCulture);

    /// <summary>The sort key of a window's head: its start, and the hash of the counter's definition.</summary>
    public static string GetHead(long startTicks, string definition) => $"{GetStart(startTicks)}{Separator}{definition}";

    /// <summary>The sort key of a page of a window.</summary>
    public static string GetPage(string head, string page) => $"{head}{Separator}{page}";

    /// <summary>Reads the keys of a window's head or page; false for any other item.</summary>
    public static bool TryReadWindow(in ItemKey key, [NotNullWhen(true)] out WindowKey? window, out string? page)
    {
        window = null;
        page = null;
        var partition = key.Partition.Split(Separator);
        var sort = key.Sort.Split(Separator);
        if (partition.Length != 3
            || sort.Length is not (2 or 3)
            || !TryParse(partition[1], out var length)
            || !DateTime.TryParseExact(
                sort[0], StartFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start)
            || GetPartition(partition[0], length, start.Ticks) != key.Partition)
        {
            return false;
        }

        window = new WindowKey(partition[0], length, start.Ticks, sort[1]);
        page = sort.Length == 3 ? sort[2] : null;
        return true;
    }

    public static string GetName(CounterWindow window) => window switch
    {
        CounterWindow.Minute => "minute",
        CounterWindow.Hour => "hour",
        CounterWindow.Day => "day",
        _ => throw new ArgumentOutOfRangeException(nameof(window), window, "There is no such window."),
    };

    private static bool TryParse(string name, out CounterWindow window)
    {
        window = name switch
        {
            "minute" => CounterWindow.Minute,
            "hour" => CounterWindow.Hour,
            _ => CounterWindow.Day,
        };
        return GetName(window) == name;
    }
}
