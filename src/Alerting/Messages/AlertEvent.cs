namespace Analytics.Alerting.Messages;

/// <summary>The location of an alert's event.</summary>
/// <param name="EventId">The event's identifier, as in the archive and the results; from the producer if it gave one.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="SequenceNumber">The Kinesis record.</param>
/// <param name="ArrivalTime">The arrival time in Kinesis.</param>
public sealed record AlertEvent(string EventId, string ShardId, string SequenceNumber, DateTimeOffset ArrivalTime);
