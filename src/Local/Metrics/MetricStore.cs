namespace Analytics.Local.Metrics;

/// <summary>Stores metrics per minute for a few hours. Thread-safe.</summary>
/// <param name="clock">The clock for retention.</param>
public sealed class MetricStore(TimeProvider clock)
{
    /// <summary>The retention of values.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(3);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<DateTimeOffset, Dictionary<string, MetricValue>> _minutes = [];

    /// <summary>Adds a value.</summary>
    public void Add(in MetricDatum datum)
    {
        var time = datum.Time.ToUniversalTime();
        var minute = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));
        var value = new MetricValue
        {
            Namespace = datum.Namespace,
            Name = datum.Name,
            Dimensions = datum.Dimensions,
            Unit = datum.Unit,
            Minute = minute,
            SampleCount = 1,
            Sum = datum.Value,
            Minimum = datum.Value,
            Maximum = datum.Value,
        };
        var key = string.Join('\n', [datum.Namespace, datum.Name, datum.Unit, .. datum.Dimensions.Select(one => $"{one.Key}\t{one.Value}")]);
        lock (_gate)
        {
            if (!_minutes.TryGetValue(minute, out var values))
            {
                _minutes[minute] = values = new(StringComparer.Ordinal);
                while (_minutes.Count > 0 && _minutes.First().Key is var oldest && oldest < clock.GetUtcNow() - Kept)
                {
                    _minutes.Remove(oldest);
                }
            }

            values[key] = values.TryGetValue(key, out var before) ? before.Plus(value) : value;
        }
    }

    /// <summary>Returns all values by namespace, name, dimensions and minute.</summary>
    public IReadOnlyList<MetricValue> Read()
    {
        lock (_gate)
        {
            return
            [
                .. _minutes.Values.SelectMany(minute => minute)
                    .OrderBy(one => one.Value.Namespace, StringComparer.Ordinal)
                    .ThenBy(one => one.Key, StringComparer.Ordinal)
                    .ThenBy(one => one.Value.Minute)
                    .Select(one => one.Value),
            ];
        }
    }
}
