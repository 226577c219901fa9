namespace Analytics.Events;

/// <summary>
/// One event as its producer sent it, with the fields that the pipeline knows found in one pass.
/// The fields are slices of <see cref="Json"/>: no string is made until someone asks for one.
/// </summary>
public readonly struct Event
{
    /// <summary>The producer's JSON object, byte for byte (UTF-8; decompressed and taken apart, if it came so).</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The shape in which it was sent.</summary>
    public EventDialect Dialect { get; }

    /// <summary>
    /// The producer's time in UTC, or null when there is none or it cannot be read. ISO 8601; without a zone it is UTC.
    /// Whether it can be trusted is another question: see <c>Analytics.Streaming.EventTime</c>.
    /// </summary>
    public DateTimeOffset? Timestamp => throw new NotImplementedException();

    /// <summary>The field's text, or an absent <see cref="EventText"/> when the event has none or it is null, an object or an array.</summary>
    public EventText Text(EventField field) => throw new NotImplementedException();

    /// <summary>
    /// The field's value as an exact number: a JSON number, or a JSON string that holds one. False when there is none
    /// or it does not fit a <see cref="decimal"/>.
    /// </summary>
    public bool TryGetNumber(EventField field, out decimal value) => throw new NotImplementedException();
}
