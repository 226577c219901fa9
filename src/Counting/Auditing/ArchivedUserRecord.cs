using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>A user record as the archive holds it.</summary>
/// <param name="SequenceNumber">The sequence number of the Kinesis record that held it.</param>
/// <param name="IsEvent">Whether it is an event; otherwise it is in quarantine.</param>
/// <param name="ArrivalTime">When the stream took it in, UTC.</param>
/// <param name="Data">Its bytes.</param>
public readonly record struct ArchivedUserRecord(SequenceNumber SequenceNumber, bool IsEvent, DateTimeOffset ArrivalTime, ReadOnlyMemory<byte> Data);
