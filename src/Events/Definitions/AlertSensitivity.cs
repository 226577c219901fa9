namespace Analytics.Events.Definitions;

/// <summary>The sensitivity of an <see cref="AnomalyRule"/>.</summary>
public enum AlertSensitivity
{
    /// <summary>Alerts only on extreme deviations (<c>low</c>).</summary>
    Low,
    /// <summary>Alerts on clear deviations (<c>medium</c>); the default.</summary>
    Medium,
    /// <summary>Alerts on small deviations as well, with more false alerts (<c>high</c>).</summary>
    High,
}
