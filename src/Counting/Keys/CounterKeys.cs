using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Keys;

/// <summary>How the table's keys are made and read.</summary>
internal static class CounterKeys
{
    /// <summary>The first character of a sort key that is no partial's. No encoded value begins with it, nor with anything below.</summary>
    public const char InternalMark = '#';

    /// <summary>The lowest sort key that a partial can have.</summary>
    public const string FirstPartial = "$";

    private const char Separator = '|';
    private const string StartFormat = "yyyy-MM-dd'T'HH:mm'Z'";

    public static string Partition(string counter, CounterWindow window, DateTimeOffset start) =>
        $"{counter}{Separator}{NameOf(window)}{Separator}{start.UtcDateTime.ToString(StartFormat, CultureInfo.InvariantCulture)}";

    public static string Sort(string value, string shardId) => $"{value}{Separator}{shardId}";

    /// <summary>What all sort keys of a value begin with, and no other's.</summary>
    public static string SortPrefix(string value) => $"{value}{Separator}";

    /// <summary>The list of values that a shard's environments admitted on their own.</summary>
    public static string ShardValues(string shardId) => $"{InternalMark}free{Separator}{shardId}";

    /// <summary>A part of the list of admitted values that all shards share.</summary>
    public static string SharedValues(int part) => $"{InternalMark}values{Separator}{part.ToString("D4", CultureInfo.InvariantCulture)}";

    public static bool TryReadPartition(
        string partition, [NotNullWhen(true)] out string? counter, out CounterWindow window, out DateTimeOffset start)
    {
        counter = null;
        window = default;
        start = default;
        var parts = partition.Split(Separator);
        if (parts.Length != 3
            || !TryParse(parts[1], out window)
            || !DateTimeOffset.TryParseExact(
                parts[2], StartFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out start))
        {
            return false;
        }

        counter = parts[0];
        return true;
    }

    /// <summary>The value of a partial's sort key; false for an item that is no partial.</summary>
    public static bool TryReadSort(string sort, out string value, out string shardId)
    {
        var separator = sort.IndexOf(Separator, StringComparison.Ordinal);
        var isPartial = separator >= 0 && sort[0] != InternalMark;
        value = isPartial ? sort[..separator] : "";
        shardId = isPartial ? sort[(separator + 1)..] : "";
        return isPartial;
    }

    public static string NameOf(CounterWindow window) => window switch
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
        return NameOf(window) == name;
    }
}
