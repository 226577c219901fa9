namespace Analytics.Local.Metrics;

/// <summary>The statistics of a metric within a minute, as in CloudWatch.</summary>
public sealed record MetricValue
{
    /// <summary>The namespace, for example <c>AWS/Lambda</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>The metric's name.</summary>
    public required string Name { get; init; }

    /// <summary>The dimensions in alphabetical order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; init; }

    /// <summary>The CloudWatch unit: <c>Count</c>, <c>Milliseconds</c>, <c>None</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>The start of the minute, UTC.</summary>
    public required DateTimeOffset Minute { get; init; }

    /// <summary>The number of values.</summary>
    public required long SampleCount { get; init; }

    /// <summary>The sum of the values.</summary>
    public required double Sum { get; init; }

    /// <summary>The lowest value.</summary>
    public required double Minimum { get; init; }

    /// <summary>The highest value.</summary>
    public required double Maximum { get; init; }

    /// <summary>The mean of the values.</summary>
    public double Average => Sum / SampleCount;

    /// <summary>Merges minutes of the same metric; the <see cref="Minute"/> is the earlier one.</summary>
    public MetricValue Plus(MetricValue other) => this with
    {
        Minute = Minute < other.Minute ? Minute : other.Minute,
        SampleCount = SampleCount + other.SampleCount,
        Sum = Sum + other.Sum,
        Minimum = Math.Min(Minimum, other.Minimum),
        Maximum = Math.Max(Maximum, other.Maximum),
    };
}
