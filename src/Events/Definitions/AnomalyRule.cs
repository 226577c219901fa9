namespace Analytics.Events.Definitions;

/// <summary>A rule of the type <c>anomaly</c>: a window's value outside the detector's expected range.</summary>
public sealed record AnomalyRule : WindowRule
{
    /// <summary>The sensitivity.</summary>
    public AlertSensitivity Sensitivity { get; init; } = AlertSensitivity.Medium;
}
