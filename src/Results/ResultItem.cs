using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Results;

/// <summary>Creates the item for the lookup of an event.</summary>
/// <param name="batch">The event's batch.</param>
/// <param name="settings">The settings for all items.</param>
internal sealed class ResultItem(BatchInfo batch, ResultSettings settings)
{
    /// <summary>The partition key: the event's identifier, see <see cref="EventIdentity"/>.</summary>
    public const string EventId = "eventId";

    /// <summary>The sort key: the event's time in milliseconds since 1970.</summary>
    public const string Timestamp = "timestamp";

    /// <summary>The maximum size of an item in bytes (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).</summary>
    public const int MaxItemBytes = 400 * 1024;

    /// <summary>
    /// The maximum length of a text attribute in characters; longer ones are truncated. An item's texts together are then far below <see cref="MaxItemBytes"/>,
    /// whatever a producer sends; <c>rawData</c> contains them completely.
    /// </summary>
    public const int MaxTextLength = 1024;

    private readonly string _processedAt = batch.ProcessedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Creates the item of an event.</summary>
    public Dictionary<string, AttributeValue> Create(in StreamRecord record, in UserRecord user)
    {
        ref readonly var @event = ref user.Event;
        var time = settings.Bounds.Resolve(@event, record.ArrivalTime).Value;
        var expiry = (time > batch.ProcessedAt ? time : batch.ProcessedAt) + settings.Retention;
        var item = new Dictionary<string, AttributeValue>(11)
        {
            [EventId] = new() { S = EventIdentity.Create(record, user) },
            [Timestamp] = Number(time.ToUnixTimeMilliseconds()),
            ["processedAt"] = new() { S = _processedAt },
            ["expiresAt"] = Number(expiry.ToUnixTimeSeconds()),
            ["metrics"] = new() { M = GetMetrics(@event) },
        };
        AddText(item, "eventType", @event, EventField.EventType);
        AddText(item, "userId", @event, EventField.UserId);
        AddText(item, "sessionId", @event, EventField.SessionId);
        AddText(item, "deviceType", @event, EventField.DeviceType);
        AddLocation(item, @event);
        AddRawData(item, @event);
        return item;
    }

    private static void AddRawData(Dictionary<string, AttributeValue> item, in Event @event)
    {
        const string RawData = "rawData";
        if (GetSize(item) + RawData.Length + @event.Json.Length <= MaxItemBytes)
        {
            item.Add(RawData, new AttributeValue { S = Encoding.UTF8.GetString(@event.Json.Span) });
        }
        else
        {
            item.Add("rawDataOmitted", new AttributeValue { BOOL = true });
        }
    }

    private static void AddLocation(Dictionary<string, AttributeValue> item, in Event @event)
    {
        var location = new Dictionary<string, AttributeValue>(2);
        AddText(location, "country", @event, EventField.Country);
        AddText(location, "city", @event, EventField.City);
        if (location.Count > 0)
        {
            item.Add("location", new AttributeValue { M = location });
        }
    }

    private static Dictionary<string, AttributeValue> GetMetrics(in Event @event)
    {
        var metrics = new Dictionary<string, AttributeValue>();
        var type = @event.Text(EventField.EventType);
        if (type.Equals("page_view"u8))
        {
            AddText(metrics, "page_url", @event, EventField.PageUrl);
            AddNumber(metrics, "load_time", @event, EventField.LoadTime);
            metrics.Add("bounce_rate", Number(IsBounce(@event) ? 1 : 0));
        }
        else if (type.Equals("purchase"u8))
        {
            AddNumber(metrics, "amount", @event, EventField.Amount);
            AddText(metrics, "currency", @event, EventField.Currency);
            AddNumber(metrics, "items_count", @event, EventField.ItemsCount);
        }
        else if (type.Equals("user_signup"u8))
        {
            AddText(metrics, "signup_method", @event, EventField.SignupMethod);
            AddText(metrics, "campaign_source", @event, EventField.CampaignSource);
        }

        return metrics;
    }

    /// <summary>Returns whether the visit is a bounce: a session of less than 30 seconds with one page.</summary>
    private static bool IsBounce(in Event @event) =>
        @event.TryGetNumber(EventField.SessionLength, out var seconds) && seconds < 30
        && @event.TryGetNumber(EventField.PagesViewed, out var pages) && pages == 1;

    private static void AddText(Dictionary<string, AttributeValue> to, string name, in Event @event, EventField field)
    {
        var value = @event.Text(field).ToString();
        if (value.Length > MaxTextLength)
        {
            value = value[..(char.IsHighSurrogate(value[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];
        }

        if (value.Length > 0)
        {
            to.Add(name, new AttributeValue { S = value });
        }
    }

    private static void AddNumber(Dictionary<string, AttributeValue> to, string name, in Event @event, EventField field)
    {
        if (@event.TryGetNumber(field, out var value))
        {
            to.Add(name, new AttributeValue { N = value.ToString(CultureInfo.InvariantCulture) });
        }
    }

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>
    /// Returns an upper bound of the size that DynamoDB computes: names and texts in UTF-8, 21 bytes per number, 3 bytes per map and 1 byte per member
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
    /// </summary>
    private static int GetSize(Dictionary<string, AttributeValue> map)
    {
        var size = 3;
        foreach (var (name, value) in map)
        {
            size += 1 + name.Length
                + (value.S is { } text ? Encoding.UTF8.GetByteCount(text) : value.M is { } members ? GetSize(members) : 21);
        }

        return size;
    }
}
