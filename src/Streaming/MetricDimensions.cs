using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>
/// The values that metric dimensions may take. A producer's text never becomes one: each distinct value is a metric of its own and
/// costs so, whence the lists.
/// </summary>
public static class MetricDimensions
{
    /// <summary>The dimension that <see cref="EventType"/> gives values of.</summary>
    public const string EventTypeName = "EventType";

    /// <summary>The dimension that <see cref="DeviceType"/> gives values of.</summary>
    public const string DeviceTypeName = "DeviceType";

    /// <summary>What stands for every value that is not listed.</summary>
    public const string Other = "other";

    /// <summary>The event's type if it is a known one, <c>unknown</c> if it has none, otherwise <see cref="Other"/>.</summary>
    public static string EventType(in Event @event)
    {
        var type = @event.Text(EventField.EventType);
        return !type.IsPresent ? "unknown"
            : type.Equals("page_view"u8) ? "page_view"
            : type.Equals("purchase"u8) ? "purchase"
            : type.Equals("click"u8) ? "click"
            : type.Equals("login"u8) ? "login"
            : type.Equals("user_signup"u8) ? "user_signup"
            : type.Equals("error"u8) ? "error"
            : type.Equals("unknown"u8) ? "unknown"
            : Other;
    }

    /// <summary>The event's type of device if it is a known one, otherwise <see cref="Other"/>.</summary>
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
