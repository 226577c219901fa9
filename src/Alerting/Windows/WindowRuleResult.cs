namespace Analytics.Alerting.Windows;

/// <summary>The result of a run.</summary>
/// <param name="Rules">The number of enabled rules.</param>
/// <param name="Windows">The number of evaluated windows of all rules.</param>
/// <param name="Alerts">The number of alerts sent or found to be sent.</param>
public readonly record struct WindowRuleResult(int Rules, int Windows, int Alerts);
