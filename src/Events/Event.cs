using Analytics.Events.Json;
using Analytics.Events.Reading;

namespace Analytics.Events;

/// <summary>
/// One event as its producer sent it, with the fields that the pipeline knows found in one pass.
/// The fields are slices of <see cref="Json"/>: no string is made until someone asks for one.
/// </summary>
/// <remarks>
/// Where an event gives a field by several names, the top level comes before <c>data</c>, then the snake_case name before the camelCase
/// one before a short one (<c>page</c>, <c>device</c>); a null does not count. Of one name given twice, the last counts.
/// </remarks>
public struct Event
{
    private EventSlots _slots;

    /// <summary>The producer's JSON object, byte for byte (UTF-8; decompressed and taken apart, if it came so).</summary>
    public ReadOnlyMemory<byte> Json { readonly get; private set; }

    /// <summary>The shape in which it was sent.</summary>
    public EventDialect Dialect { readonly get; private set; }

    /// <summary>
    /// The producer's time in UTC, or null when there is none or it cannot be read. ISO 8601, without a zone it is UTC; or a number, as
    /// JSON or as the digits of a string, since the epoch: seconds, from 100,000,000,000 (as seconds the year 5138) on milliseconds, from a
    /// thousand times that microseconds, and from a thousand times that nanoseconds.
    /// Whether it can be trusted is another question: see <c>Analytics.Streaming.EventTime</c>.
    /// </summary>
    public readonly DateTimeOffset? Timestamp => EventTimestamp.Read(Value(EventField.Timestamp));

    /// <summary>Whether the producer gave a time, be it one that can be read or not; a null is none.</summary>
    public readonly bool HasTimestamp => Value(EventField.Timestamp).Kind is not (JsonKind.None or JsonKind.Null);

    /// <summary>
    /// The field's text, or an absent <see cref="EventText"/> when the event has none or it is null, an object or an array.
    /// A number's text is the number as written. <see cref="EventField.EventType"/> is always there: an event that says no type is a
    /// <c>purchase</c> in the <see cref="EventDialect.Retail"/> dialect and otherwise <c>unknown</c>.
    /// </summary>
    public readonly EventText Text(EventField field) => Value(field);

    /// <summary>
    /// The field's value as an exact number: a JSON number, or a JSON string that holds one. False when there is none
    /// or it does not fit a <see cref="decimal"/>.
    /// </summary>
    public readonly bool TryGetNumber(EventField field, out decimal value) => Value(field).TryGetNumber(out value);

    /// <summary>Makes this the event that the JSON is; false, and why, when it is none. What was here before is gone.</summary>
    internal bool TryRead(ReadOnlyMemory<byte> json, EventLimits limits, out Malformed malformed)
    {
        _slots = default;
        Json = json;
        var isEvent = EventScan.TryRead(json.Span, limits, ref _slots, out var dialect, out malformed);
        Dialect = dialect;
        return isEvent;
    }

    private readonly EventText Value(EventField field)
    {
        var slice = _slots[(int)field];
        return slice.Kind == JsonKind.None && field == EventField.EventType
            ? new EventText(Dialect == EventDialect.Retail ? "purchase"u8 : "unknown"u8, JsonKind.String, escaped: false)
            : EventText.Of(Json.Span, slice);
    }
}
