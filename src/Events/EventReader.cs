namespace Analytics.Events;

/// <summary>Reads the bytes of a Kinesis record: gzip, KPL aggregation, then JSON in whatever dialect. Never throws on any bytes.</summary>
/// <param name="limits">What an event may be at most.</param>
public sealed class EventReader(EventLimits limits)
{
    /// <summary>The limits in force.</summary>
    public EventLimits Limits => limits;

    /// <summary>
    /// The user records of one Kinesis record, in order; at least one. <c>foreach (ref readonly var user in reader.Read(data))</c>.
    /// </summary>
    /// <param name="data">The record's bytes; the events are slices of them, so they must stay unchanged while the events are used.</param>
    public UserRecords Read(ReadOnlyMemory<byte> data) => new(limits, data);
}
