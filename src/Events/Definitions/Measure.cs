namespace Analytics.Events.Definitions;

/// <summary>The measure of a counter over the events that its pattern selects.</summary>
public enum Measure
{
    /// <summary>The number of events (<c>count</c>).</summary>
    Count,
    /// <summary>The exact decimal sum of the field, and the number of events that have it (<c>sum</c>).</summary>
    Sum,
    /// <summary>The minimum of the field (<c>min</c>).</summary>
    Min,
    /// <summary>The maximum of the field (<c>max</c>).</summary>
    Max,
    /// <summary>The sum of the field divided by the number of events that have it (<c>average</c>).</summary>
    Average,
    /// <summary>The approximate number of distinct texts of the field (<c>distinct</c>).</summary>
    Distinct,
    /// <summary>The approximate distribution of the field's values (<c>percentiles</c>).</summary>
    Percentiles,
    /// <summary>The share of events that also match <see cref="CounterDefinition.Where"/> (<c>rate</c>): these are the sum, all events are the count.</summary>
    Rate,
}
