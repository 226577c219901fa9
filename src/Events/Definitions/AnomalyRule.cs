namespace Analytics.Events.Definitions;

/// <summary>A rule of the type <c>anomaly</c>: a window's value that the detector does not expect.</summary>
public sealed record AnomalyRule : WindowRule
{
    /// <summary>How readily it alerts.</summary>
    public AlertSensitivity Sensitivity { get; init; } = AlertSensitivity.Medium;
}
