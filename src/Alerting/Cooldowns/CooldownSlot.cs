namespace Analytics.Alerting.Cooldowns;

/// <summary>The cooldown of a key.</summary>
internal sealed class CooldownSlot
{
    /// <summary>Until when the key is closed.</summary>
    public DateTimeOffset ClosedUntil { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>How many were held back and are not reported yet.</summary>
    public long HeldBack { get; set; }

    /// <summary>When the last alert happened; null when there was none.</summary>
    public DateTimeOffset? LastAlert { get; set; }
}
