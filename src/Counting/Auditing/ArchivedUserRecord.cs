using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>A user record in the archive.</summary>
/// <param name="SequenceNumber">The sequence number of its Kinesis record.</param>
/// <param name="IsEvent">Whether it is an event; otherwise it is in quarantine.</param>
/// <param name="ArrivalTime">The arrival time in the stream, UTC.</param>
/// <param name="Data">The bytes.</param>
public readonly record struct ArchivedUserRecord(SequenceNumber SequenceNumber, bool IsEvent, DateTimeOffset ArrivalTime, ReadOnlyMemory<byte> Data);
