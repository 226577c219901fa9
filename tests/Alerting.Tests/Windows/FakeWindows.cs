using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Tests.Windows;

/// <summary>Counters' windows in memory.</summary>
internal sealed class FakeWindows : IClosedWindows
{
    private readonly Dictionary<DateTimeOffset, List<CounterValue>> _values = [];

    /// <summary>The time up to which windows are closed, or null if nothing was ever counted.</summary>
    public DateTimeOffset? ClosedUpTo { get; set; }

    /// <summary>The hash of the counters' definitions.</summary>
    public string Definition { get; set; } = "0123456789abcdef";

    /// <summary>The time ranges that were read.</summary>
    public List<(string Counter, DateTimeOffset From, DateTimeOffset To)> Reads { get; } = [];

    public static CounterValue Count(string counter, DateTimeOffset start, long count, string key = "(all)") => new()
    {
        Counter = counter,
        Window = CounterWindow.Minute,
        Start = start,
        Key = key,
        Count = count,
        Definition = "",
        IsComplete = true,
    };

    public void Add(CounterValue value)
    {
        if (!_values.TryGetValue(value.Start, out var values))
        {
            _values.Add(value.Start, values = []);
        }

        values.Add(value);
    }

    public void Add(string counter, DateTimeOffset start, long count, string key = "(all)") => Add(Count(counter, start, count, key));

    /// <summary>The values of the windows that begin at a time.</summary>
    public IReadOnlyList<CounterValue> Get(DateTimeOffset start) => _values.GetValueOrDefault(start) ?? [];

    public Task<DateTimeOffset?> ReadClosedUpToAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        return Task.FromResult(ClosedUpTo);
    }

    public Task<IReadOnlyList<CounterValue>> ReadAsync(
        string counter, CounterWindow window, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        Reads.Add((counter, from, to));
        var values = new List<CounterValue>();
        for (var start = from; start < to; start += TimeSpan.FromMinutes(1))
        {
            values.AddRange(Get(start).Where(value => value.Counter == counter && value.Window == window));
        }

        return Task.FromResult<IReadOnlyList<CounterValue>>(values);
    }

    public string GetDefinition(string counter) => Definition;
}
