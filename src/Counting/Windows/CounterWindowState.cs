using Analytics.Counting.Keys;
using Analytics.Counting.Tallies;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Windows;

/// <summary>A window's values and their layout in items.</summary>
internal sealed class CounterWindowState(WindowKey key, Measure measure)
{
    private readonly Dictionary<string, (Tally Tally, WindowPage Page)> _values = new(StringComparer.Ordinal);

    public WindowKey Key => key;

    public Measure Measure => measure;

    /// <summary>The generation that wrote the window; 0 before the first.</summary>
    public long Generation { get; init; }

    public bool IsComplete { get; init; }

    public DateTimeOffset Expiry { get; init; }

    /// <summary>The hash of the definitions at the time of the write.</summary>
    public string Definitions { get; init; } = "";

    /// <summary>The event-time bounds that its events were counted with.</summary>
    public SortedSet<string> Bounds { get; } = new(StringComparer.Ordinal);

    /// <summary>The pages; the first one is in the head.</summary>
    public List<WindowPage> Pages { get; } = [new WindowPage { Number = 0 }];

    public int Count => _values.Count;

    public IEnumerable<KeyValuePair<string, Tally>> Values => _values.Select(value => KeyValuePair.Create(value.Key, value.Value.Tally));

    public Tally this[string value] => _values[value].Tally;

    /// <summary>Adds numbers to a value if it exists or there is room for it; otherwise to <see cref="ValueText.Other"/>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tally">The numbers.</param>
    /// <param name="limit">The maximum number of values without <see cref="ValueText.Other"/>.</param>
    public void Merge(string value, Tally tally, int limit)
    {
        if (!_values.TryGetValue(value, out var there))
        {
            var hasOther = _values.ContainsKey(ValueText.Other);
            var target = _values.Count - (hasOther ? 1 : 0) < limit ? value : ValueText.Other;
            if (!_values.TryGetValue(target, out there))
            {
                Add(target, new Tally(), Pages[^1]);
                there = _values[target];
            }
        }

        there.Tally.Merge(tally);
        there.Page.IsChanged = true;
    }

    /// <summary>Adds a stored value.</summary>
    public void Add(string value, Tally tally, WindowPage page)
    {
        _values.Add(value, (tally, page));
        page.Values.Add(value);
    }

    /// <summary>Moves the second half of a page's values to a new page.</summary>
    public void Split(WindowPage page)
    {
        var half = page.Values.Count / 2;
        var added = new WindowPage { Number = Pages[^1].Number + 1, Values = page.Values[half..], IsChanged = true };
        page.Values.RemoveRange(half, page.Values.Count - half);
        page.IsChanged = true;
        Pages.Add(added);
        foreach (var value in added.Values)
        {
            _values[value] = (_values[value].Tally, added);
        }
    }

    /// <summary>Returns an independent copy.</summary>
    public CounterWindowState Copy()
    {
        var copy = new CounterWindowState(Key, Measure) { Generation = Generation, IsComplete = IsComplete };
        foreach (var (value, tally) in Values)
        {
            copy.Add(value, tally.Copy(), copy.Pages[0]);
        }

        return copy;
    }
}
