namespace Analytics.Events;

/// <summary>Decodes the bytes of a Kinesis record: gzip, KPL aggregation, then JSON in any dialect. Never throws, regardless of the bytes.</summary>
/// <param name="limits">The limits of an event.</param>
public sealed class EventReader(EventLimits limits)
{
    /// <summary>The limits.</summary>
    public EventLimits Limits => limits;

    /// <summary>
    /// Decodes the user records of a Kinesis record in order; at least one. <c>foreach (ref readonly var user in reader.Read(data))</c>.
    /// </summary>
    /// <param name="data">The record's bytes; the events are slices of them, so they must not change while the events are used.</param>
    public UserRecords Read(ReadOnlyMemory<byte> data) => new(limits, data);
}
