namespace Analytics.Alerting.Cooldowns;

/// <summary>The outcome for an event: an alert, or held back under a key.</summary>
/// <param name="Key">The key that it is counted under: its own, or <see cref="CooldownSlots.OtherKey"/>.</param>
/// <param name="Win">The alert, or null if the event is held back.</param>
internal readonly record struct CooldownVerdict(string Key, CooldownWin? Win);
