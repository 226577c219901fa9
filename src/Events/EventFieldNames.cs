namespace Analytics.Events;

/// <summary>The canonical names of the fields, as used in definitions.json and the archive.</summary>
public static class EventFieldNames
{
    private static readonly string[] Names =
    [
        "event_id", "event_type", "timestamp", "user_id", "session_id", "device_type", "page_url", "referrer", "product_id", "amount",
        "currency", "items_count", "error_code", "message", "country", "city", "load_time", "session_length", "pages_viewed",
        "signup_method", "campaign_source", "schema_version", "source",
    ];

    /// <summary>Returns the name of a field, for example <c>page_url</c>.</summary>
    public static string GetName(EventField field) => Names[(int)field];

    /// <summary>Gets the field with a name. Returns false if there is none.</summary>
    public static bool TryParse(string? name, out EventField field)
    {
        var index = Array.IndexOf(Names, name);
        field = (EventField)Math.Max(index, 0);
        return index >= 0;
    }
}
