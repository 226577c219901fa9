using System.Globalization;

namespace Analytics.Counting.Windows;

/// <summary>
/// A part of a window's values. The first stands in the window's head. Each of the others has two slots, and is written to the one that the
/// head does not name, so that the head, which is written last, makes them valid all at once.
/// </summary>
internal sealed class WindowPage
{
    private const char Separator = ' ';

    public required int Number { get; init; }

    /// <summary>The slot that holds it; <c>b</c> before it is written first.</summary>
    public char Slot { get; set; } = 'b';

    /// <summary>The generation that wrote it.</summary>
    public long Generation { get; set; }

    public DateTimeOffset Expiry { get; set; }

    /// <summary>The values in it.</summary>
    public List<string> Values { get; init; } = [];

    /// <summary>Whether its values changed since it was read.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Number and slot, as the sort key has them.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Number:D4}{Slot}");

    /// <summary>The page as the head lists it.</summary>
    public string ToEntry() => string.Create(CultureInfo.InvariantCulture, $"{Name}{Separator}{Generation}{Separator}{Expiry.ToUnixTimeSeconds()}");

    /// <exception cref="FormatException">It is not such an entry.</exception>
    public static WindowPage FromEntry(string entry) =>
        entry.Split(Separator) is [{ Length: 5 } name, var generation, var expiry] && name[4] is 'a' or 'b'
            ? new WindowPage
            {
                Number = int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture),
                Slot = name[4],
                Generation = long.Parse(generation, CultureInfo.InvariantCulture),
                Expiry = DateTimeOffset.FromUnixTimeSeconds(long.Parse(expiry, CultureInfo.InvariantCulture)),
            }
            : throw new FormatException("attribute pages is not a list of pages");
}
