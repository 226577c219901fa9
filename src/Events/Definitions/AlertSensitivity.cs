namespace Analytics.Events.Definitions;

/// <summary>How readily an <see cref="AnomalyRule"/> alerts.</summary>
public enum AlertSensitivity
{
    /// <summary>For the grossest deviations only (<c>low</c>).</summary>
    Low,
    /// <summary>For clear deviations (<c>medium</c>); the default.</summary>
    Medium,
    /// <summary>For small deviations too, with more false alerts (<c>high</c>).</summary>
    High,
}
