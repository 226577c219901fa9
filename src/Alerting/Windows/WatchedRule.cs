using Analytics.Counting;
using Analytics.Detection;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Windows;

/// <summary>A threshold or anomaly rule with the properties derived from its counter.</summary>
internal sealed class WatchedRule
{
    private WatchedRule(WindowRule rule, CounterDefinition counter, string basis)
    {
        Rule = rule;
        Counter = counter;
        Basis = basis;
    }

    /// <summary>The rule.</summary>
    public WindowRule Rule { get; }

    /// <summary>The counter.</summary>
    public CounterDefinition Counter { get; }

    /// <summary>The meaning of the rule's values. Detectors that learned values with another meaning are reset.</summary>
    public string Basis { get; }

    /// <summary>The counter by whose values the values are divided, or null.</summary>
    public string? ShareOf => (Rule as ThresholdRule)?.ShareOf;

    /// <summary>The length of the windows.</summary>
    public TimeSpan Length => Rule.Window.GetLength();

    /// <summary>The number of closed windows that a new rule looks back.</summary>
    public int FirstWindows => Rule.Window == CounterWindow.Minute ? 60 : 1;

    /// <summary>The number of missed windows that are evaluated later: a day of minutes, a week of hours, a month of days. Earlier ones are skipped.</summary>
    public int MaxMissedWindows => Rule.Window switch
    {
        CounterWindow.Minute => 24 * 60,
        CounterWindow.Hour => 7 * 24,
        _ => 30,
    };

    /// <summary>The cooldown of a key after an alert. A rule without a cooldown alerts for each window, but once for all keys beyond the limit.</summary>
    public TimeSpan ClosedPeriod => Rule.Cooldown?.Period ?? Length;

    /// <summary>Whether a window without events has the value 0; otherwise its value is unknown.</summary>
    public bool IsZeroWithoutEvents => Counter.Measure is Measure.Count or Measure.Sum or Measure.Distinct && ShareOf is null;

    /// <summary>The kind of the values, for the detector.</summary>
    public SeriesKind Kind => Counter.Measure switch
    {
        Measure.Count or Measure.Distinct => SeriesKind.Count,
        Measure.Min or Measure.Max => SeriesKind.Measure,
        _ => SeriesKind.Amount,
    };

    /// <summary>The enabled threshold and anomaly rules, in the order of the definitions.</summary>
    public static IReadOnlyList<WatchedRule> In(Definitions definitions, IClosedWindows windows) =>
    [
        .. definitions.Alerts.OfType<WindowRule>().Where(rule => rule.IsEnabled).Select(rule => new WatchedRule(
            rule,
            definitions.Counters.First(counter => counter.Name == rule.Counter),
            string.Join(
                ' ',
                rule.Counter,
                windows.GetDefinition(rule.Counter),
                rule.Window,
                rule.IsPerValue ? "value" : "total",
                rule.Percentile,
                rule is ThresholdRule { ShareOf: { } whole } ? windows.GetDefinition(whole) : ""))),
    ];

    /// <summary>The start of the window that contains a time.</summary>
    public DateTimeOffset GetStart(DateTimeOffset time) => new(Rule.Window.GetStart(time.UtcTicks), TimeSpan.Zero);
}
