namespace Analytics.Events;

/// <summary>
/// The known fields of an <see cref="Event"/>, independent of their names in the dialects.
/// <see cref="EventFieldNames"/> gives each its canonical snake_case name, as used in definitions.json.
/// </summary>
public enum EventField
{
    /// <summary>The producer's identifier of the event (<c>event_id</c>; <c>order_id</c> of a retail order; CloudEvents <c>id</c>).</summary>
    EventId,
    /// <summary>What happened: page_view, purchase, click, login, user_signup, error, ... (<c>event_type</c>).</summary>
    EventType,
    /// <summary>When it happened by the producer's clock (<c>timestamp</c>); see <see cref="Event.Timestamp"/>.</summary>
    Timestamp,
    /// <summary>The user (<c>user_id</c>).</summary>
    UserId,
    /// <summary>The session (<c>session_id</c>).</summary>
    SessionId,
    /// <summary>The kind of device (<c>device_type</c>).</summary>
    DeviceType,
    /// <summary>The page viewed (<c>page_url</c>).</summary>
    PageUrl,
    /// <summary>Where the view came from (<c>referrer</c>).</summary>
    Referrer,
    /// <summary>The product bought (<c>product_id</c>).</summary>
    ProductId,
    /// <summary>The amount paid, in units of <see cref="Currency"/> (<c>amount</c>).</summary>
    Amount,
    /// <summary>The currency of <see cref="Amount"/> (<c>currency</c>).</summary>
    Currency,
    /// <summary>The number of items bought (<c>items_count</c>).</summary>
    ItemsCount,
    /// <summary>The error's code (<c>error_code</c>).</summary>
    ErrorCode,
    /// <summary>The error's message (<c>message</c>).</summary>
    Message,
    /// <summary>The country (<c>country</c>): a plain <c>location</c>, or <c>location.country</c>, or else a field of that name.</summary>
    Country,
    /// <summary>The city (<c>city</c>): <c>location.city</c>, or else a field of that name.</summary>
    City,
    /// <summary>The load time of a page in milliseconds (<c>load_time</c>).</summary>
    LoadTime,
    /// <summary>The length of the session in seconds (<c>session_length</c>).</summary>
    SessionLength,
    /// <summary>The number of pages viewed in the session (<c>pages_viewed</c>).</summary>
    PagesViewed,
    /// <summary>How the user signed up (<c>signup_method</c>).</summary>
    SignupMethod,
    /// <summary>The campaign that brought the user (<c>campaign_source</c>).</summary>
    CampaignSource,
    /// <summary>The version of the event's schema (<c>schema_version</c>).</summary>
    SchemaVersion,
    /// <summary>Where the event comes from (<c>source</c>): the CloudEvents attribute, or a field of that name.</summary>
    Source,
}
