namespace Analytics.Local.Metrics;

/// <summary>What was measured of a metric within a minute, as CloudWatch keeps it.</summary>
public sealed record MetricValue
{
    /// <summary>The namespace, for example <c>AWS/Lambda</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>The metric's name.</summary>
    public required string Name { get; init; }

    /// <summary>The dimensions, in the order of their names.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; init; }

    /// <summary>The unit, in CloudWatch's words: <c>Count</c>, <c>Milliseconds</c>, <c>None</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>The start of the minute, UTC.</summary>
    public required DateTimeOffset Minute { get; init; }

    /// <summary>How many values there were.</summary>
    public required long SampleCount { get; init; }

    /// <summary>The values added up.</summary>
    public required double Sum { get; init; }

    /// <summary>The lowest value.</summary>
    public required double Minimum { get; init; }

    /// <summary>The highest value.</summary>
    public required double Maximum { get; init; }

    /// <summary>The mean of the values.</summary>
    public double Average => Sum / SampleCount;

    /// <summary>Two minutes, or more, of the same metric as one; its <see cref="Minute"/> is the earlier one.</summary>
    public MetricValue Plus(MetricValue other) => this with
    {
        Minute = Minute < other.Minute ? Minute : other.Minute,
        SampleCount = SampleCount + other.SampleCount,
        Sum = Sum + other.Sum,
        Minimum = Math.Min(Minimum, other.Minimum),
        Maximum = Math.Max(Maximum, other.Maximum),
    };
}
