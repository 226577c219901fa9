using System.Globalization;
using Analytics.Alerting.Cooldowns;
using Analytics.Counting;
using Analytics.Detection;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Windows;

/// <summary>Evaluates a rule's windows in order. Pure: the same windows and state produce the same alerts.</summary>
internal static class WindowRuleEvaluation
{
    /// <summary>The alert thresholds of the score by sensitivity. They correspond to exceeding the record by about 57, 16 and 8 %.</summary>
    private const double LowSensitivity = 0.75;
    private const double HighSensitivity = 0.35;

    /// <summary>The time without events after which a value can be replaced by a new one.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromDays(1);

    /// <summary>Evaluates a window, and advances <see cref="WindowRuleState.Next"/>.</summary>
    /// <param name="state">The state, which changes.</param>
    /// <param name="watched">The rule.</param>
    /// <param name="start">The start of the window.</param>
    /// <param name="values">The counter's values in the window.</param>
    /// <param name="whole">The values of the divisor counter in the same window; empty if the rule has none.</param>
    public static void Evaluate(
        WindowRuleState state, WatchedRule watched, DateTimeOffset start, IReadOnlyList<CounterValue> values, IReadOnlyList<CounterValue> whole)
    {
        var taken = WindowValues.Take(watched, values, whole);
        switch (watched.Rule)
        {
            case ThresholdRule rule:
                Evaluate(state, watched, rule, start, taken);
                break;
            case AnomalyRule rule:
                Evaluate(state, watched, rule, start, taken);
                break;
        }

        state.Next = start + watched.Length;
    }

    /// <summary>The alert threshold of the score.</summary>
    public static double GetThreshold(AlertSensitivity sensitivity) => sensitivity switch
    {
        AlertSensitivity.Low => LowSensitivity,
        AlertSensitivity.High => HighSensitivity,
        _ => SeriesDetector.DefaultThreshold,
    };

    private static void Evaluate(WindowRuleState state, WatchedRule watched, ThresholdRule rule, DateTimeOffset start, List<WindowValue> taken)
    {
        var isUpper = rule.Comparison is AlertComparison.Above or AlertComparison.AtLeast;
        var exceeding = taken.Where(one => rule.IsExceededBy(one.Value))
            .OrderByDescending(one => isUpper ? one.Value : -one.Value).ThenBy(one => one.Key, StringComparer.Ordinal);
        foreach (var one in exceeding)
        {
            Decide(state, watched, start, one, isUpper ? null : rule.Threshold, isUpper ? rule.Threshold : null, null);
        }
    }

    private static void Evaluate(WindowRuleState state, WatchedRule watched, AnomalyRule rule, DateTimeOffset start, List<WindowValue> taken)
    {
        var values = taken.ToDictionary(one => one.Key, StringComparer.Ordinal);
        foreach (var one in taken.Where(one => !state.Series.ContainsKey(one.Key)))
        {
            Begin(state, watched, start, one);
        }

        var scored = new List<(WindowValue Value, DetectionResult Result)>();
        foreach (var series in state.Series.Values)
        {
            var isKnown = values.TryGetValue(series.Key, out var value);
            if (!isKnown && !watched.IsZeroWithoutEvents)
            {
                continue;
            }

            value = isKnown ? value : new WindowValue(series.Key, series.Shown, 0);
            series.LastSeen = isKnown ? start : series.LastSeen;
            if (series.Observe(start, value.Value) is { } result)
            {
                scored.Add((value, result));
            }
        }

        var threshold = GetThreshold(rule.Sensitivity);
        foreach (var (value, result) in scored.Where(one => one.Result.Score >= threshold)
            .OrderByDescending(one => one.Result.Score).ThenBy(one => one.Value.Key, StringComparer.Ordinal))
        {
            Decide(state, watched, start, value, WindowValues.ToDecimal(result.Low), WindowValues.ToDecimal(result.High), result.Score);
        }
    }

    /// <summary>Starts a series if there is a free slot or a replaceable series.</summary>
    private static void Begin(WindowRuleState state, WatchedRule watched, DateTimeOffset start, WindowValue value)
    {
        if (state.Series.Count == WindowRuleState.MaxSeries)
        {
            var idlest = state.Series.Values.MinBy(series => series.LastSeen)!;
            if (start - idlest.LastSeen < Idle)
            {
                return;
            }

            state.Remove(idlest);
        }

        state.Add(new WatchedSeries
        {
            Key = value.Key,
            Shown = value.Shown,
            Detector = new SeriesDetector(watched.Kind),
            FirstSeen = start,
            LastSeen = start,
        });
    }

    /// <summary>Adds an alert, or holds it back during the cooldown of its key.</summary>
    private static void Decide(
        WindowRuleState state, WatchedRule watched, DateTimeOffset start, WindowValue value, decimal? low, decimal? high, double? score)
    {
        var key = state.Cooldowns.KeyFor(value.Key, start);
        if (state.Cooldowns.IsClosed(key, start))
        {
            state.Cooldowns.Hold(key, 1);
            return;
        }

        var slot = state.Cooldowns.Open(key, start);
        var rule = watched.Rule;
        state.Pending.Add(new PendingAlert
        {
            Id = CreateId(rule.Name, start, value.Key),
            Start = start,
            End = start + watched.Length,
            Key = key == CooldownSlots.OtherKey ? key : value.Shown,
            Value = value.Value,
            Low = low,
            High = high,
            Score = score,
            HeldBack = rule.Cooldown is not null || slot.HeldBack > 0 ? slot.HeldBack : null,
            LastAlert = rule.Cooldown is not null || slot.HeldBack > 0 ? slot.LastAlert : null,
        });
        slot.HeldBack = 0;
        slot.LastAlert = start;
        slot.ClosedUntil = start + watched.ClosedPeriod;
    }

    /// <summary>The identity of an alert: rule, window, and a hash of the key, because the key itself is untrusted.</summary>
    private static string CreateId(string rule, DateTimeOffset start, string key)
    {
        var time = start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
        return key == WindowValues.TotalKey
            ? $"{rule}:{time}"
            : $"{rule}:{time}:{BoundedKey.Hash(key)}";
    }
}
