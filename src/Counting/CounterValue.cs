using Analytics.Counting.Keys;
using Analytics.Counting.Tallies;
using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>The numbers of a counter for one value in one window, over all shards. Numbers that the counter does not measure are null.</summary>
public sealed record CounterValue
{
    /// <summary>The counter's name.</summary>
    public required string Counter { get; init; }

    /// <summary>The window's length.</summary>
    public required CounterWindow Window { get; init; }

    /// <summary>The window's start, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The value as stored in the table, unique per value.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// The value for display: the fields' texts, joined by a comma and a space. <c>(none)</c> stands for a missing field,
    /// <c>(all)</c> for a counter without grouping fields, <c>(other)</c> for the values beyond the counter's limit. A long text is truncated and ends with its hash.
    /// </summary>
    public string Value => ValueText.Display(Key);

    /// <summary>The text of each grouping field, null if it is missing; empty for <c>(all)</c> and <c>(other)</c>.</summary>
    public IReadOnlyList<string?> Values => ValueText.Decode(Key);

    /// <summary>Whether this is the value for all values beyond the counter's limit.</summary>
    public bool IsOther => Key == ValueText.Other;

    /// <summary>The number of counted events: those that match the pattern and have the measured field, if any.</summary>
    public required long Count { get; init; }

    /// <summary>
    /// The field's sum, rounded once if it has more than 28 digits. For <see cref="Measure.Rate"/>, the number of events that match <c>where</c>.
    /// </summary>
    public decimal? Sum { get; init; }

    /// <summary>The field's lowest value.</summary>
    public decimal? Min { get; init; }

    /// <summary>The field's highest value.</summary>
    public decimal? Max { get; init; }

    /// <summary>The field's sum over the count, rounded to 28 digits.</summary>
    public decimal? Average { get; init; }

    /// <summary>The number of distinct texts of the field: exact up to 128, then with a standard error of 1.6 %.</summary>
    public long? Distinct { get; init; }

    /// <summary>The field's percentiles.</summary>
    public CounterPercentiles? Percentiles { get; init; }

    /// <summary>The share of the events that match <c>where</c>, from 0 to 1.</summary>
    public decimal? Rate { get; init; }

    /// <summary>The text with the latest arrival.</summary>
    public string? Last { get; init; }

    /// <summary>The arrival time of <see cref="Last"/>, UTC.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The hash of the counter's definition. Numbers of different definitions are never added up.</summary>
    public required string Definition { get; init; }

    /// <summary>
    /// Whether the records of all shards that arrived before the window's end are rolled up. Late events are still added.
    /// </summary>
    public required bool IsComplete { get; init; }

    /// <summary>The unrounded numbers that the others are computed from.</summary>
    internal Tally Tally { get; private init; } = null!;

    internal static CounterValue Create(WindowKey window, string key, Tally tally, Measure measure, bool isComplete)
    {
        var perEvent = tally.Sum is { } sum && tally.Count > 0 ? sum.DividedBy(tally.Count) : (decimal?)null;
        return new CounterValue
        {
            Counter = window.Counter,
            Window = window.Window,
            Start = window.Start,
            Definition = window.Definition,
            IsComplete = isComplete,
            Key = key,
            Count = tally.Count,
            Sum = tally.Sum?.ToDecimal(),
            Min = tally.Min,
            Max = tally.Max,
            Average = measure == Measure.Rate ? null : perEvent,
            Distinct = tally.Distinct?.Estimate(),
            Percentiles = tally.Percentiles is { Count: > 0 } sketch
                ? new CounterPercentiles(
                    sketch.Quantile(0.5)!.Value, sketch.Quantile(0.9)!.Value, sketch.Quantile(0.95)!.Value, sketch.Quantile(0.99)!.Value)
                : null,
            Rate = measure == Measure.Rate ? perEvent : null,
            Last = tally.Last,
            LastAt = tally.Last is null ? null : tally.LastAt,
            Tally = tally,
        };
    }
}
