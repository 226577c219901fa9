namespace Analytics.Events.Definitions;

/// <summary>A rule of the type <c>threshold</c>: a window's value compared with a constant.</summary>
public sealed record ThresholdRule : WindowRule
{
    /// <summary>The counter whose total the value is divided by, or null to compare the value itself.</summary>
    public string? ShareOf { get; init; }

    /// <summary>The comparison with <see cref="Threshold"/>.</summary>
    public required AlertComparison Comparison { get; init; }

    /// <summary>The constant; a share is between 0 and 1.</summary>
    public required decimal Threshold { get; init; }

    /// <summary>Returns whether a value raises the alert.</summary>
    public bool IsExceededBy(decimal value) => Comparison switch
    {
        AlertComparison.Above => value > Threshold,
        AlertComparison.AtLeast => value >= Threshold,
        AlertComparison.Below => value < Threshold,
        _ => value <= Threshold,
    };
}
