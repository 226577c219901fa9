using Analytics.Alerting.Cooldowns;
using Analytics.Alerting.Messages;
using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Windows;

/// <summary>Extracts a rule's values from the numbers of a counter's window.</summary>
internal static class WindowValues
{
    /// <summary>The key of the total.</summary>
    public const string TotalKey = "(all)";

    /// <summary>Extracts the values.</summary>
    /// <param name="watched">The rule.</param>
    /// <param name="values">The counter's values in the window.</param>
    /// <param name="whole">The values of the divisor counter in the same window; empty if the rule has none.</param>
    /// <returns>The known values, each key once.</returns>
    public static List<WindowValue> Take(WatchedRule watched, IReadOnlyList<CounterValue> values, IReadOnlyList<CounterValue> whole)
    {
        var divisor = watched.ShareOf is null ? 1 : whole.Sum(value => value.Count);
        var taken = new List<WindowValue>();
        if (divisor == 0)
        {
            return taken;
        }

        if (!watched.Rule.IsPerValue)
        {
            // A share without events is 0, because the whole is known.
            if (Total(watched.Counter.Measure, watched.Rule.Percentile, values) is { } total)
            {
                taken.Add(new WindowValue(TotalKey, null, total / divisor));
            }
            else if (watched.IsZeroWithoutEvents || watched.ShareOf is not null)
            {
                taken.Add(new WindowValue(TotalKey, null, 0));
            }

            return taken;
        }

        foreach (var value in values)
        {
            // (other) is not a value: it represents different values in each window.
            if (!value.IsOther && Total(watched.Counter.Measure, watched.Rule.Percentile, [value]) is { } number)
            {
                taken.Add(new WindowValue(KeyOf(value.Key), PrintableText.Cut(value.Value, AlertMessage.MaxKeyLength), number / divisor));
            }
        }

        return taken;
    }

    private static decimal? Total(Measure measure, int? percentile, IReadOnlyList<CounterValue> values) => values.Count == 0 ? null : measure switch
    {
        Measure.Count => values.Sum(value => value.Count),
        Measure.Sum => Sum(values),
        Measure.Distinct => values.Sum(value => value.Distinct),
        Measure.Min => values.Min(value => value.Min),
        Measure.Max => values.Max(value => value.Max),
        Measure.Average or Measure.Rate => values.Sum(value => value.Count) is var count and > 0 ? Sum(values) / count : null,
        _ => Percentile(values[0].Percentiles, percentile),
    };

    /// <summary>The sum, limited to the largest decimal.</summary>
    private static decimal Sum(IReadOnlyList<CounterValue> values)
    {
        try
        {
            return values.Sum(value => value.Sum ?? 0);
        }
        catch (OverflowException)
        {
            return values.Max(value => value.Sum ?? 0) > 0 ? decimal.MaxValue : decimal.MinValue;
        }
    }

    private static decimal? Percentile(CounterPercentiles? percentiles, int? percentile) => percentiles is not { } of ? null : percentile switch
    {
        50 => ToDecimal(of.P50),
        95 => ToDecimal(of.P95),
        _ => ToDecimal(of.P99),
    };

    /// <summary>The nearest decimal.</summary>
    public static decimal ToDecimal(double value) =>
        value >= (double)decimal.MaxValue ? decimal.MaxValue : value <= (double)decimal.MinValue ? decimal.MinValue : (decimal)value;

    /// <summary>A value's key; a long one is truncated and has a hash. Parentheses of producers are escaped in counters' keys, so the hash cannot be forged.</summary>
    private static string KeyOf(string key)
    {
        var hash = BoundedKey.Truncate(key, out var kept);
        return kept + hash;
    }
}
