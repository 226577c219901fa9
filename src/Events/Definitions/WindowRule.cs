namespace Analytics.Events.Definitions;

/// <summary>A rule on a counter's closed windows.</summary>
public abstract record WindowRule : AlertRule
{
    /// <summary>The counter's name.</summary>
    public required string Counter { get; init; }

    /// <summary>The length of the windows.</summary>
    public required CounterWindow Window { get; init; }

    /// <summary>Whether each value of the counter's <see cref="CounterDefinition.By"/> is evaluated separately, rather than their total.</summary>
    public required bool IsPerValue { get; init; }

    /// <summary>The percentile, for a counter with <see cref="Measure.Percentiles"/> only: 50, 95 or 99.</summary>
    public int? Percentile { get; init; }
}
