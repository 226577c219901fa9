using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Tests.Windows;

/// <summary>Counters' windows in memory.</summary>
internal sealed class FakeWindows : IClosedWindows
{
    private readonly SortedDictionary<DateTimeOffset, List<CounterValue>> _values = [];

    /// <summary>The time up to which windows are closed; null when nothing was ever counted.</summary>
    public DateTimeOffset? ClosedUpTo { get; set; }

    /// <summary>The hash of the counters' definitions.</summary>
    public string Definition { get; set; } = "0123456789abcdef";

    /// <summary>Awaited before each reading.</summary>
    public Func<Task> Reading { get; set; } = () => Task.CompletedTask;

    /// <summary>The spans that were read.</summary>
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

    public async Task<DateTimeOffset?> ReadClosedUpToAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await Reading();
        return ClosedUpTo;
    }

    public async Task<IReadOnlyList<CounterValue>> ReadAsync(
        string counter, CounterWindow window, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await Reading();
        Reads.Add((counter, from, to));
        return
        [
            .. _values.SkipWhile(values => values.Key < from).TakeWhile(values => values.Key < to)
                .SelectMany(values => values.Value).Where(value => value.Counter == counter && value.Window == window),
        ];
    }

    public string GetDefinition(string counter) => Definition;
}
