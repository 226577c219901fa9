using System.Globalization;

namespace Analytics.Counting.Windows;

/// <summary>
/// A part of a window's values. The first page is in the window's head. Each of the others has two slots and is written to the one that the
/// head does not name, so that the head, which is written last, makes all of them valid atomically.
/// </summary>
internal sealed class WindowPage
{
    private const char Separator = ' ';

    public required int Number { get; init; }

    /// <summary>The current slot; <c>b</c> before the first write.</summary>
    public char Slot { get; set; } = 'b';

    /// <summary>The generation that wrote the page.</summary>
    public long Generation { get; set; }

    public DateTimeOffset Expiry { get; set; }

    /// <summary>The values in the page.</summary>
    public List<string> Values { get; init; } = [];

    /// <summary>Whether its values have changed since it was read.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Returns number and slot, as in the sort key.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Number:D4}{Slot}");

    /// <summary>Returns the page's entry in the head.</summary>
    public string ToEntry() => string.Create(CultureInfo.InvariantCulture, $"{Name}{Separator}{Generation}{Separator}{Expiry.ToUnixTimeSeconds()}");

    /// <exception cref="FormatException">The attribute is not such an entry.</exception>
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
