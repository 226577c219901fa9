using Analytics.Counting;
using Analytics.Dashboard.Counters;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;
using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Parts;

/// <summary>The counters of definitions.json with their windows.</summary>
/// <param name="definitions">The counters.</param>
/// <param name="source">Reads the counters.</param>
/// <param name="progress">Returns a number that changes if there may be new data; the table is read when it changes, and every minute.</param>
/// <param name="period">The time between two reads.</param>
/// <param name="clock">The clock.</param>
internal sealed class CountersPart(
    Definitions definitions, ICounterSource source, Func<long> progress, TimeSpan period, TimeProvider clock) : IDashboardPart
{
    /// <summary>The windows that are read again: the current one and the previous one, for late events.</summary>
    private const int Recent = 2;

    private readonly Dictionary<(string Counter, CounterWindow Window), List<CounterValue>> _values = [];
    private (long Progress, DateTimeOffset Minute)? _read;
    private DateTimeOffset? _complete;

    /// <inheritdoc/>
    public string Name => "Counters";

    /// <inheritdoc/>
    public TimeSpan Period => period;

    /// <inheritdoc/>
    public bool Owns(string key) => key.StartsWith("counter/", StringComparison.Ordinal) || key.StartsWith("series/", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var reading = (Progress: progress(), Minute: CounterSpan.Starts(CounterWindow.Minute, now)[^1]);
        var isFirst = _read is null;
        if (reading == _read && _complete == reading.Minute)
        {
            return null;
        }

        // The first read shows current data as soon as possible; the next one, and one per minute, reads all windows.
        var all = !isFirst && _complete != reading.Minute;
        var entries = new DashboardEntries();
        for (var i = 0; i < definitions.Counters.Count; i++)
        {
            var counter = definitions.Counters[i];
            entries.Add($"counter/{counter.Name}", Describe(counter, i));
            foreach (var window in counter.Windows)
            {
                var starts = CounterSpan.Starts(window, now);
                var values = await ReadAsync(counter.Name, window, starts, all, now, cancellationToken);
                entries.Add($"series/{counter.Name}/{GetName(window)}", SeriesBuilder.Build(counter, starts, values));
            }
        }

        _read = reading;
        _complete = all ? reading.Minute : _complete;
        return entries;
    }

    private static CounterEntry Describe(CounterDefinition counter, int order) => new(
        order,
        counter.Description,
        GetName(counter.Measure),
        counter.Field?.ToString(),
        [.. counter.By.Select(field => field.ToString()!)],
        [.. counter.Windows.Order().Select(GetName)],
        counter.Last?.ToString());

    private async Task<List<CounterValue>> ReadAsync(
        string counter, CounterWindow window, IReadOnlyList<DateTimeOffset> starts, bool all, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = all ? starts[0] : starts[^Recent];
        var kept = _values.GetValueOrDefault((counter, window), []).Where(value => value.Start >= starts[0] && value.Start < from);
        return _values[(counter, window)] = [.. kept, .. await source.ReadAsync(counter, window, from, now, cancellationToken)];
    }

    private static string GetName<T>(T value)
        where T : struct, Enum =>
        value.ToString().ToLowerInvariant();
}
