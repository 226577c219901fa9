namespace Analytics.Events.Definitions;

/// <summary>How urgent an alert is. Subscriptions can filter by it.</summary>
public enum AlertSeverity
{
    /// <summary>Good to know (<c>info</c>).</summary>
    Info,
    /// <summary>To be looked at in working hours (<c>warning</c>); the default.</summary>
    Warning,
    /// <summary>To be looked at now (<c>critical</c>).</summary>
    Critical,
}
