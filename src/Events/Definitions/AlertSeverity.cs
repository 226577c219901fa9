namespace Analytics.Events.Definitions;

/// <summary>The severity of an alert. Subscriptions can filter by it.</summary>
public enum AlertSeverity
{
    /// <summary>Informational (<c>info</c>).</summary>
    Info,
    /// <summary>Needs attention during working hours (<c>warning</c>); the default.</summary>
    Warning,
    /// <summary>Needs immediate attention (<c>critical</c>).</summary>
    Critical,
}
