namespace Analytics.Events.Definitions;

/// <summary>A rule of the type <c>threshold</c>: a window's value compared with a constant.</summary>
public sealed record ThresholdRule : WindowRule
{
    /// <summary>The counter that the value is divided by, over all of its values; null when the value is compared as it is.</summary>
    public string? ShareOf { get; init; }

    /// <summary>How the value is compared with <see cref="Threshold"/>.</summary>
    public required AlertComparison Comparison { get; init; }

    /// <summary>The constant; a share is between 0 and 1.</summary>
    public required decimal Threshold { get; init; }

    /// <summary>Whether a value raises the alert.</summary>
    public bool IsExceededBy(decimal value) => Comparison switch
    {
        AlertComparison.Above => value > Threshold,
        AlertComparison.AtLeast => value >= Threshold,
        AlertComparison.Below => value < Threshold,
        _ => value <= Threshold,
    };
}
