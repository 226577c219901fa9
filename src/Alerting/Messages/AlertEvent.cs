namespace Analytics.Alerting.Messages;

/// <summary>Where the event of an alert can be found.</summary>
/// <param name="EventId">The event's identifier, as the archive and the results know it; from the producer, if it gave one.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="SequenceNumber">The Kinesis record.</param>
/// <param name="ArrivalTime">When Kinesis took it in.</param>
public sealed record AlertEvent(string EventId, string ShardId, string SequenceNumber, DateTimeOffset ArrivalTime);
