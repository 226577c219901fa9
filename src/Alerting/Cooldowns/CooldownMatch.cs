using Analytics.Streaming;

namespace Analytics.Alerting.Cooldowns;

/// <summary>An event that a rule with a cooldown selects.</summary>
/// <param name="Key">The key of the cooldown.</param>
/// <param name="Id">The identity of the event's record.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="SequenceNumber">The Kinesis record.</param>
/// <param name="ArrivalTime">When Kinesis took the record in. It decides, and not the clock, so that a redelivery decides alike.</param>
internal readonly record struct CooldownMatch(string Key, string Id, string ShardId, SequenceNumber SequenceNumber, DateTimeOffset ArrivalTime);
