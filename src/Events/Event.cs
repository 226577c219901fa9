using Analytics.Events.Json;
using Analytics.Events.Reading;

namespace Analytics.Events;

/// <summary>
/// An event as sent by its producer, with the known fields located in one pass.
/// The fields are slices of <see cref="Json"/>: strings are created only on request.
/// </summary>
/// <remarks>
/// If an event has several names for a field, the top level takes precedence over <c>data</c>, then the snake_case name over the camelCase
/// name over a short name (<c>page</c>, <c>device</c>); nulls are ignored. The last of duplicate names is used.
/// </remarks>
public struct Event
{
    private EventSlots _slots;

    /// <summary>The producer's JSON object, byte for byte (UTF-8; decompressed and deaggregated if necessary).</summary>
    public ReadOnlyMemory<byte> Json { readonly get; private set; }

    /// <summary>The dialect in which the event was sent.</summary>
    public EventDialect Dialect { readonly get; private set; }

    /// <summary>
    /// The producer's time in UTC, or null if it is missing or cannot be parsed: ISO 8601, UTC without a zone; or a number, as
    /// JSON or as the digits of a string, since the epoch: seconds, from 100,000,000,000 (as seconds the year 5138) on milliseconds, from a
    /// thousand times that microseconds, and from a thousand times that nanoseconds.
    /// For whether it is plausible, see <c>Analytics.Streaming.EventTime</c>.
    /// </summary>
    public readonly DateTimeOffset? Timestamp => EventTimestamp.Read(Value(EventField.Timestamp));

    /// <summary>Whether the producer gave a time, even one that cannot be parsed; a null counts as missing.</summary>
    public readonly bool HasTimestamp => Value(EventField.Timestamp).Kind is not (JsonKind.None or JsonKind.Null);

    /// <summary>
    /// Returns the field's text, or an absent <see cref="EventText"/> if it is missing, null, an object or an array.
    /// A number's text is the number as written. <see cref="EventField.EventType"/> is always present: an event without a type is a
    /// <c>purchase</c> in the <see cref="EventDialect.Retail"/> dialect and otherwise <c>unknown</c>.
    /// </summary>
    public readonly EventText Text(EventField field) => Value(field);

    /// <summary>
    /// Gets the field's value as an exact number: a JSON number, or a JSON string that contains one. Returns false if there is none
    /// or it does not fit a <see cref="decimal"/>.
    /// </summary>
    public readonly bool TryGetNumber(EventField field, out decimal value) => Value(field).TryGetNumber(out value);

    /// <summary>Decodes an event from JSON into this instance, replacing its content. Returns false and the reason if the JSON is not an event.</summary>
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
            : EventText.Create(Json.Span, slice);
    }
}
