namespace Analytics.Alerting.Windows;

/// <summary>What a run came to.</summary>
/// <param name="Rules">The rules that are switched on.</param>
/// <param name="Windows">The windows evaluated, all rules together.</param>
/// <param name="Alerts">The alerts sent, or found to be sent.</param>
public readonly record struct WindowRuleResult(int Rules, int Windows, int Alerts);
