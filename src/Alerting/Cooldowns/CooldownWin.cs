using Analytics.Streaming;

namespace Analytics.Alerting.Cooldowns;

/// <summary>An event that raised an alert. Kept until the ledger of its shard covers it, so that the decision is the same on redelivery.</summary>
/// <param name="Id">The identity of the event's record.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="SequenceNumber">The Kinesis record.</param>
/// <param name="Key">The key, or <see cref="CooldownSlots.OtherKey"/>.</param>
/// <param name="HeldBack">The number held back for the key and not reported before.</param>
/// <param name="LastAlert">The arrival time of the previous alert, or null if there is none.</param>
internal sealed record CooldownWin(string Id, string ShardId, SequenceNumber SequenceNumber, string Key, long HeldBack, DateTimeOffset? LastAlert);
