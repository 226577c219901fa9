using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>A user record as an archive holds it.</summary>
/// <param name="ShardId">The shard that it came by.</param>
/// <param name="SequenceNumber">Its Kinesis record's place there.</param>
/// <param name="Arrival">When the stream took it in, UTC.</param>
/// <param name="Data">Its bytes, as the producer put them.</param>
public readonly record struct ArchivedEvent(string ShardId, SequenceNumber SequenceNumber, DateTimeOffset Arrival, ReadOnlyMemory<byte> Data);
