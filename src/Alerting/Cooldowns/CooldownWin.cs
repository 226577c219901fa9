using Analytics.Streaming;

namespace Analytics.Alerting.Cooldowns;

/// <summary>An event that a gate let through: it is an alert. Kept until the ledger of its shard covers it, so that it stays one when it is delivered again.</summary>
/// <param name="Id">The identity of the event's record.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="SequenceNumber">The Kinesis record.</param>
/// <param name="Key">The key, or <see cref="CooldownSlots.OtherKey"/>.</param>
/// <param name="HeldBack">How many were held back for that key and have not been reported before.</param>
/// <param name="LastAlert">When the alert before arrived; null when there is none.</param>
internal sealed record CooldownWin(string Id, string ShardId, SequenceNumber SequenceNumber, string Key, long HeldBack, DateTimeOffset? LastAlert);
