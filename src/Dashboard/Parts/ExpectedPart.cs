using Analytics.Alerting.Reading;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;
using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Parts;

/// <summary>The expected ranges of anomaly rules.</summary>
/// <param name="definitions">The rules.</param>
/// <param name="read">Reads the latest windows of rules.</param>
/// <param name="period">The time between two readings.</param>
internal sealed class ExpectedPart(
    Definitions definitions, Func<IReadOnlyList<AnomalyRule>, CancellationToken, Task<IReadOnlyList<ExpectedSeries>>> read, TimeSpan period) : IDashboardPart
{
    /// <summary>The maximum number of series shown per rule.</summary>
    public const int MaxSeries = 5;

    private readonly List<AnomalyRule> _rules = [.. definitions.Alerts.OfType<AnomalyRule>().Where(rule => rule.IsEnabled)];

    /// <inheritdoc/>
    public string Name => "Expected ranges";

    /// <inheritdoc/>
    public TimeSpan Period => period;

    /// <inheritdoc/>
    public bool Owns(string key) => key.StartsWith("expected/", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = new DashboardEntries();
        var series = _rules.Count == 0 ? [] : await read(_rules, cancellationToken);
        foreach (var counter in _rules.GroupBy(rule => (rule.Counter, rule.Window)))
        {
            var bands = counter.SelectMany(rule => series.Where(one => one.Rule == rule.Name && one.Points.Count > 0).Take(MaxSeries)).Select(ToBand).ToList();
            if (bands.Count > 0)
            {
                entries.Add($"expected/{counter.Key.Counter}/{counter.Key.Window.ToString().ToLowerInvariant()}", new ExpectedEntry(bands));
            }
        }

        return entries;
    }

    private static BandEntry ToBand(ExpectedSeries series) => new(
        series.Rule,
        series.Value,
        [.. series.Points.Select(point => point.Start.ToUnixTimeSeconds())],
        [.. series.Points.Select(point => point.Value)],
        [.. series.Points.Select(point => point.Low)],
        [.. series.Points.Select(point => point.High)],
        [.. series.Points.Select(point => point.Score)]);
}
