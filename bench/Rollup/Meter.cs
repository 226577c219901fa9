namespace Analytics.Rollup.Benchmarks;

/// <summary>The totals of calls of one kind.</summary>
internal sealed class Meter
{
    private readonly Dictionary<string, long> _unitsByPartition = new(StringComparer.Ordinal);

    public long Calls { get; private set; }

    public long Items { get; private set; }

    public long Bytes { get; private set; }

    public long Units { get; private set; }

    /// <summary>The partition key with the most units, and their number.</summary>
    public (string Partition, long Units) Busiest =>
        _unitsByPartition.OrderByDescending(one => one.Value).Select(one => (one.Key, one.Value)).FirstOrDefault();

    public void Add(string partition, int bytes, int unitBytes, int items)
    {
        var units = Math.Max(1, (bytes + unitBytes - 1) / unitBytes);
        (Calls, Items, Bytes, Units) = (Calls + 1, Items + items, Bytes + bytes, Units + units);
        _unitsByPartition[partition] = _unitsByPartition.GetValueOrDefault(partition) + units;
    }
}
