namespace Analytics.Events.Definitions;

/// <summary>The member <c>type</c> of a rule in definitions.json.</summary>
internal enum AlertRuleType
{
    /// <summary><c>match</c>, also when the member is missing.</summary>
    Match,
    /// <summary><c>threshold</c>.</summary>
    Threshold,
    /// <summary><c>anomaly</c>.</summary>
    Anomaly,
}
