using Analytics.Streaming;

namespace Analytics.Alerting.Cooldowns;

/// <summary>An event that matches a rule with a cooldown.</summary>
/// <param name="Key">The key of the cooldown.</param>
/// <param name="Id">The identity of the event's record.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="SequenceNumber">The Kinesis record.</param>
/// <param name="ArrivalTime">The arrival time in Kinesis. Decisions use it instead of the clock, so that they are the same on redelivery.</param>
internal readonly record struct CooldownMatch(string Key, string Id, string ShardId, SequenceNumber SequenceNumber, DateTimeOffset ArrivalTime);
