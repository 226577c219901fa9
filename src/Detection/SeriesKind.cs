namespace Analytics.Detection;

/// <summary>Specifies what the values of a series are, which says how their variation depends on their size.</summary>
public enum SeriesKind
{
    /// <summary>Values of any size and sign, whose variation does not depend on their size.</summary>
    Measure,

    /// <summary>Sums, shares or durations: values that are seldom negative, whose variance grows in proportion to their size.</summary>
    Amount,

    /// <summary>Numbers of independent events: an <see cref="Amount"/> that varies at least as a Poisson variable does.</summary>
    Count,
}
