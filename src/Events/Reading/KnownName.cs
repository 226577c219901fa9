namespace Analytics.Events.Reading;

/// <summary>
/// The field that a property's name stands for, and its rank. If an event has several names for a field,
/// the lowest rank wins: top level before <c>data</c>, then snake_case before camelCase before a short name.
/// </summary>
internal readonly record struct KnownName(int Slot, int Rank)
{
    /// <summary>The lowest rank of names within <c>data</c>.</summary>
    public const int DataRank = 4;

    private const int Snake = 0;
    private const int Camel = 1;
    private const int Short = 2;

    /// <summary>A name that stands for no field.</summary>
    public static KnownName None => new(-1, 0);

    private static KnownName Create(EventField field, int rank) => new((int)field, rank);

    /// <summary>Looks up a name at the event's top level.</summary>
    public static KnownName AtTop(ReadOnlySpan<byte> name)
    {
        switch (name.Length)
        {
            case 2 when name.SequenceEqual("id"u8):
                return new(EventSlots.CloudEventsId, Snake);
            case 4 when name.SequenceEqual("data"u8):
                return new(EventSlots.Data, Snake);
            case 4 when name.SequenceEqual("type"u8):
                return new(EventSlots.CloudEventsType, Snake);
            case 4 when name.SequenceEqual("time"u8):
                return new(EventSlots.CloudEventsTime, Snake);
            case 6 when name.SequenceEqual("source"u8):
                return Create(EventField.Source, Snake);
            case 7 when name.SequenceEqual("eventId"u8):
                return Create(EventField.EventId, Camel);
            case 7 when name.SequenceEqual("orderId"u8):
                return new(EventSlots.OrderId, Camel);
            case 8 when name.SequenceEqual("event_id"u8):
                return Create(EventField.EventId, Snake);
            case 8 when name.SequenceEqual("order_id"u8):
                return new(EventSlots.OrderId, Snake);
            case 9 when name.SequenceEqual("eventType"u8):
                return Create(EventField.EventType, Camel);
            case 10 when name.SequenceEqual("event_type"u8):
                return Create(EventField.EventType, Snake);
            case 11 when name.SequenceEqual("specversion"u8):
                return new(EventSlots.SpecVersion, Snake);
            default:
                return Anywhere(name);
        }
    }

    /// <summary>Looks up a name within <c>data</c>.</summary>
    public static KnownName InData(ReadOnlySpan<byte> name)
    {
        var known = name.Length switch
        {
            4 when name.SequenceEqual("page"u8) => Create(EventField.PageUrl, Short),
            6 when name.SequenceEqual("device"u8) => Create(EventField.DeviceType, Short),
            _ => Anywhere(name),
        };
        return known with { Rank = known.Rank + DataRank };
    }

    /// <summary>Looks up a name within <c>location</c>.</summary>
    public static KnownName InLocation(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("country"u8) ? Create(EventField.Country, Snake) : name.SequenceEqual("city"u8) ? Create(EventField.City, Snake) : None;

    private static KnownName Anywhere(ReadOnlySpan<byte> name)
    {
        switch (name.Length)
        {
            case 4:
                return name.SequenceEqual("city"u8) ? Create(EventField.City, Short) : None;
            case 6:
                return name.SequenceEqual("amount"u8) ? Create(EventField.Amount, Snake)
                    : name.SequenceEqual("userId"u8) ? Create(EventField.UserId, Camel)
                    : None;
            case 7:
                return name.SequenceEqual("user_id"u8) ? Create(EventField.UserId, Snake)
                    : name.SequenceEqual("pageUrl"u8) ? Create(EventField.PageUrl, Camel)
                    : name.SequenceEqual("message"u8) ? Create(EventField.Message, Snake)
                    : name.SequenceEqual("country"u8) ? Create(EventField.Country, Short)
                    : None;
            case 8:
                return name.SequenceEqual("page_url"u8) ? Create(EventField.PageUrl, Snake)
                    : name.SequenceEqual("location"u8) ? new(EventSlots.Location, Snake)
                    : name.SequenceEqual("referrer"u8) ? Create(EventField.Referrer, Snake)
                    : name.SequenceEqual("currency"u8) ? Create(EventField.Currency, Snake)
                    : name.SequenceEqual("loadTime"u8) ? Create(EventField.LoadTime, Camel)
                    : None;
            case 9:
                return name.SequenceEqual("timestamp"u8) ? Create(EventField.Timestamp, Snake)
                    : name.SequenceEqual("sessionId"u8) ? Create(EventField.SessionId, Camel)
                    : name.SequenceEqual("productId"u8) ? Create(EventField.ProductId, Camel)
                    : name.SequenceEqual("load_time"u8) ? Create(EventField.LoadTime, Snake)
                    : name.SequenceEqual("errorCode"u8) ? Create(EventField.ErrorCode, Camel)
                    : None;
            case 10:
                return name.SequenceEqual("session_id"u8) ? Create(EventField.SessionId, Snake)
                    : name.SequenceEqual("product_id"u8) ? Create(EventField.ProductId, Snake)
                    : name.SequenceEqual("deviceType"u8) ? Create(EventField.DeviceType, Camel)
                    : name.SequenceEqual("error_code"u8) ? Create(EventField.ErrorCode, Snake)
                    : name.SequenceEqual("itemsCount"u8) ? Create(EventField.ItemsCount, Camel)
                    : None;
            case 11:
                return name.SequenceEqual("device_type"u8) ? Create(EventField.DeviceType, Snake)
                    : name.SequenceEqual("items_count"u8) ? Create(EventField.ItemsCount, Snake)
                    : name.SequenceEqual("pagesViewed"u8) ? Create(EventField.PagesViewed, Camel)
                    : None;
            case 12:
                return name.SequenceEqual("pages_viewed"u8) ? Create(EventField.PagesViewed, Snake)
                    : name.SequenceEqual("signupMethod"u8) ? Create(EventField.SignupMethod, Camel)
                    : None;
            case 13:
                return name.SequenceEqual("sessionLength"u8) ? Create(EventField.SessionLength, Camel)
                    : name.SequenceEqual("signup_method"u8) ? Create(EventField.SignupMethod, Snake)
                    : name.SequenceEqual("schemaVersion"u8) ? Create(EventField.SchemaVersion, Camel)
                    : None;
            case 14:
                return name.SequenceEqual("session_length"u8) ? Create(EventField.SessionLength, Snake)
                    : name.SequenceEqual("schema_version"u8) ? Create(EventField.SchemaVersion, Snake)
                    : name.SequenceEqual("campaignSource"u8) ? Create(EventField.CampaignSource, Camel)
                    : None;
            case 15:
                return name.SequenceEqual("campaign_source"u8) ? Create(EventField.CampaignSource, Snake) : None;
            default:
                return None;
        }
    }
}
