using Analytics.Dashboard.Counters;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;
using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Parts;

/// <summary>The counters of definitions.json, each over its windows.</summary>
/// <param name="definitions">The counters.</param>
/// <param name="source">Reads them.</param>
/// <param name="progress">A number that changes when there may be something new; the table is asked when it does, and in a new minute.</param>
/// <param name="period">The time between two readings.</param>
/// <param name="clock">The time.</param>
internal sealed class CountersPart(
    Definitions definitions, ICounterSource source, Func<long> progress, TimeSpan period, TimeProvider clock) : IDashboardPart
{
    private (long Progress, DateTimeOffset Minute)? _read;

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
        var reading = (progress(), CounterSpan.Starts(CounterWindow.Minute, now)[^1]);
        if (reading == _read)
        {
            return null;
        }

        var entries = new DashboardEntries();
        for (var i = 0; i < definitions.Counters.Count; i++)
        {
            var counter = definitions.Counters[i];
            entries.Add($"counter/{counter.Name}", new CounterEntry(
                i,
                counter.Description,
                NameOf(counter.Measure),
                counter.Field?.ToString(),
                [.. counter.By.Select(field => field.ToString()!)],
                [.. counter.Windows.Order().Select(NameOf)],
                counter.Last?.ToString()));
            foreach (var window in counter.Windows)
            {
                var starts = CounterSpan.Starts(window, now);
                var values = await source.ReadAsync(counter.Name, window, starts[0], now, cancellationToken);
                entries.Add($"series/{counter.Name}/{NameOf(window)}", SeriesBuilder.Build(counter, starts, values));
            }
        }

        _read = reading;
        return entries;
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum =>
        value.ToString().ToLowerInvariant();
}
