namespace Analytics.Alerting.Cooldowns;

/// <summary>The cooldown of a key.</summary>
internal sealed class CooldownSlot
{
    /// <summary>The time until which the key's alerts are held back.</summary>
    public DateTimeOffset ClosedUntil { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>The number of held-back alerts that are not reported yet.</summary>
    public long HeldBack { get; set; }

    /// <summary>The time of the last alert, or null if there was none.</summary>
    public DateTimeOffset? LastAlert { get; set; }
}
