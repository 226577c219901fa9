namespace Analytics.Counting;

/// <summary>Orders values by counter, window, start, definition and key, regardless of the order of reads.</summary>
internal sealed class CounterValueOrder : IComparer<CounterValue>
{
    public static CounterValueOrder Instance { get; } = new();

    public int Compare(CounterValue? x, CounterValue? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = string.CompareOrdinal(x.Counter, y.Counter);
        order = order != 0 ? order : x.Window.CompareTo(y.Window);
        order = order != 0 ? order : x.Start.CompareTo(y.Start);
        order = order != 0 ? order : string.CompareOrdinal(x.Definition, y.Definition);
        return order != 0 ? order : string.CompareOrdinal(x.Key, y.Key);
    }
}
