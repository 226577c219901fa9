namespace Analytics.Events.Definitions;

/// <summary>What a counter takes of the events that its pattern selects.</summary>
public enum Measure
{
    /// <summary>How many there are (<c>count</c>).</summary>
    Count,
    /// <summary>The exact decimal sum of the field, and how many had it (<c>sum</c>).</summary>
    Sum,
    /// <summary>The field's lowest value (<c>min</c>).</summary>
    Min,
    /// <summary>The field's highest value (<c>max</c>).</summary>
    Max,
    /// <summary>The field's sum over how many had it (<c>average</c>).</summary>
    Average,
    /// <summary>How many different texts the field had, approximately (<c>distinct</c>).</summary>
    Distinct,
    /// <summary>The distribution of the field's values, approximately (<c>percentiles</c>).</summary>
    Percentiles,
    /// <summary>The share of the events that match <see cref="CounterDefinition.Where"/> as well (<c>rate</c>): those are the sum, all are the count.</summary>
    Rate,
}
