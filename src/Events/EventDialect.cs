namespace Analytics.Events;

/// <summary>The dialect of an event, detected from field names without configuration.</summary>
public enum EventDialect
{
    /// <summary>Any other JSON object: its type is <c>unknown</c>, and all fields are kept.</summary>
    Unknown,
    /// <summary>Flat, snake_case names (<c>event_type</c>, <c>user_id</c>, ...).</summary>
    FlatSnakeCase,
    /// <summary>Flat, camelCase names (<c>eventType</c>, <c>userId</c>, ...).</summary>
    FlatCamelCase,
    /// <summary><c>event_id</c>, <c>event_type</c>, <c>timestamp</c> and the rest in <c>data</c>.</summary>
    Envelope,
    /// <summary><c>order_id</c>, <c>amount</c>, <c>timestamp</c>: a purchase.</summary>
    Retail,
    /// <summary>CloudEvents 1.0, structured JSON (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).</summary>
    CloudEvents,
}
