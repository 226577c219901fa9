namespace Analytics.Detection;

/// <summary>Specifies the kind of a series' values, which determines how their variation depends on their size.</summary>
public enum SeriesKind
{
    /// <summary>Values of any size and sign, whose variation does not depend on their size.</summary>
    Measure,

    /// <summary>Sums, ratios or durations: values that are rarely negative, whose variance is proportional to their size.</summary>
    Amount,

    /// <summary>Numbers of independent events: an <see cref="Amount"/> that varies at least as much as a Poisson variable.</summary>
    Count,
}
