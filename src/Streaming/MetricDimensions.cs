using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>
/// The allowed values of metric dimensions. A producer's text never becomes a dimension value: each distinct value is billed as a
/// separate metric, so values are allow-listed.
/// </summary>
public static class MetricDimensions
{
    /// <summary>The dimension for values of <see cref="EventType"/>.</summary>
    public const string EventTypeName = "EventType";

    /// <summary>The dimension for values of <see cref="DeviceType"/>.</summary>
    public const string DeviceTypeName = "DeviceType";

    /// <summary>The value for everything that is not listed.</summary>
    public const string Other = "other";

    /// <summary>Returns the event's type if it is listed (<c>unknown</c> is the type of an event without one), otherwise <see cref="Other"/>.</summary>
    public static string EventType(in Event @event)
    {
        var type = @event.Text(EventField.EventType);
        return type.Equals("page_view"u8) ? "page_view"
            : type.Equals("purchase"u8) ? "purchase"
            : type.Equals("click"u8) ? "click"
            : type.Equals("login"u8) ? "login"
            : type.Equals("user_signup"u8) ? "user_signup"
            : type.Equals("error"u8) ? "error"
            : type.Equals("unknown"u8) ? "unknown"
            : Other;
    }

    /// <summary>Returns the event's device type if it is listed, otherwise <see cref="Other"/>.</summary>
    public static string DeviceType(in Event @event)
    {
        var type = @event.Text(EventField.DeviceType);
        return type.Equals("mobile"u8) ? "mobile"
            : type.Equals("desktop"u8) ? "desktop"
            : type.Equals("tablet"u8) ? "tablet"
            : type.Equals("bot"u8) ? "bot"
            : Other;
    }
}
