namespace Analytics.Events.Tests.Reading;

public sealed class DialectTests
{
    [Fact]
    public void AFlatSnakeCaseEventIsRead()
    {
        var read = Some.Event("""
            {"timestamp":"2025-08-08T10:00:00.123456","user_id":"u-1","event_type":"purchase","amount":12.50,"product_id":"p-9",
             "session_id":"s-3","location":"US","device_type":"mobile","page_url":"/cart","referrer":"https://example.com/","schema_version":"1.2"}
            """);

        Assert.Equal(EventDialect.FlatSnakeCase, read.Dialect);
        Assert.Equal(new DateTimeOffset(2025, 8, 8, 10, 0, 0, TimeSpan.Zero).AddTicks(1234560), read.Timestamp);
        AssertTexts(read, new()
        {
            [EventField.EventType] = "purchase",
            [EventField.Timestamp] = "2025-08-08T10:00:00.123456",
            [EventField.UserId] = "u-1",
            [EventField.Amount] = "12.50",
            [EventField.ProductId] = "p-9",
            [EventField.SessionId] = "s-3",
            [EventField.Country] = "US",
            [EventField.DeviceType] = "mobile",
            [EventField.PageUrl] = "/cart",
            [EventField.Referrer] = "https://example.com/",
            [EventField.SchemaVersion] = "1.2",
        });
    }

    [Fact]
    public void AFlatCamelCasePageViewIsRead()
    {
        var read = Some.Event("""
            {"eventType":"page_view","eventId":"e-1","userId":"u-1","sessionId":"s-3","deviceType":"desktop","timestamp":"2025-08-08T10:00:00Z",
             "location":{"country":"DE","city":"Köln","zip":"50667"},"pageUrl":"/","loadTime":831,"sessionLength":12.5,"pagesViewed":1,"schemaVersion":2}
            """);

        Assert.Equal(EventDialect.FlatCamelCase, read.Dialect);
        AssertTexts(read, new()
        {
            [EventField.EventType] = "page_view",
            [EventField.EventId] = "e-1",
            [EventField.Timestamp] = "2025-08-08T10:00:00Z",
            [EventField.UserId] = "u-1",
            [EventField.SessionId] = "s-3",
            [EventField.DeviceType] = "desktop",
            [EventField.Country] = "DE",
            [EventField.City] = "Köln",
            [EventField.PageUrl] = "/",
            [EventField.LoadTime] = "831",
            [EventField.SessionLength] = "12.5",
            [EventField.PagesViewed] = "1",
            [EventField.SchemaVersion] = "2",
        });
    }

    [Fact]
    public void AFlatCamelCasePurchaseAndSignupAreRead()
    {
        AssertTexts(Some.Event("""{"eventType":"purchase","amount":1,"currency":"EUR","itemsCount":3,"productId":"p"}"""), new()
        {
            [EventField.EventType] = "purchase",
            [EventField.Amount] = "1",
            [EventField.Currency] = "EUR",
            [EventField.ItemsCount] = "3",
            [EventField.ProductId] = "p",
        });
        AssertTexts(Some.Event("""{"eventType":"user_signup","signupMethod":"email","campaignSource":"spring"}"""), new()
        {
            [EventField.EventType] = "user_signup",
            [EventField.SignupMethod] = "email",
            [EventField.CampaignSource] = "spring",
        });
    }

    [Fact]
    public void AnEnvelopeIsReadThroughItsData()
    {
        var view = Some.Event("""
            {"event_id":"e-1","event_type":"page_view","timestamp":"2025-08-08T10:00:00Z",
             "data":{"user_id":"u-1","page":"/home","referrer":"/start","device":"tablet"}}
            """);
        Assert.Equal(EventDialect.Envelope, view.Dialect);
        AssertTexts(view, new()
        {
            [EventField.EventId] = "e-1",
            [EventField.EventType] = "page_view",
            [EventField.Timestamp] = "2025-08-08T10:00:00Z",
            [EventField.UserId] = "u-1",
            [EventField.PageUrl] = "/home",
            [EventField.Referrer] = "/start",
            [EventField.DeviceType] = "tablet",
        });

        AssertTexts(Some.Event("""{"event_id":"e","event_type":"purchase","data":{"userId":"u","product_id":"p","amount":600.01,"currency":"USD"}}"""), new()
        {
            [EventField.EventId] = "e",
            [EventField.EventType] = "purchase",
            [EventField.UserId] = "u",
            [EventField.ProductId] = "p",
            [EventField.Amount] = "600.01",
            [EventField.Currency] = "USD",
        });
        AssertTexts(Some.Event("""{"data":{"error_code":500,"message":"boom","location":{"city":"Rome","country":"IT"}},"event_type":"error"}"""), new()
        {
            [EventField.EventType] = "error",
            [EventField.ErrorCode] = "500",
            [EventField.Message] = "boom",
            [EventField.City] = "Rome",
            [EventField.Country] = "IT",
        });
    }

    [Fact]
    public void ARetailOrderIsAPurchase()
    {
        var read = Some.Event("""{"order_id":"o-1","amount":99.95,"timestamp":"2025-08-08","product_id":"p-1"}""");

        Assert.Equal(EventDialect.Retail, read.Dialect);
        Assert.Equal(new DateTimeOffset(2025, 8, 8, 0, 0, 0, TimeSpan.Zero), read.Timestamp);
        AssertTexts(read, new()
        {
            [EventField.EventId] = "o-1",
            [EventField.EventType] = "purchase",
            [EventField.Amount] = "99.95",
            [EventField.Timestamp] = "2025-08-08",
            [EventField.ProductId] = "p-1",
        });
    }

    [Fact]
    public void OrderWithATypeIsNotARetailOrder()
    {
        var read = Some.Event("""{"order_id":"o-1","amount":5,"event_type":"refund"}""");

        Assert.Equal(EventDialect.FlatSnakeCase, read.Dialect);
        Assert.Equal("refund", read.Text(EventField.EventType).ToString());
        Assert.False(read.Text(EventField.EventId).IsPresent);
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"c-1","source":"/shop","type":"com.example.purchase","time":"2025-08-08T10:00:00Z","data":{"userId":"u","amount":3}}""")]
    [InlineData("""{"data":{"amount":3,"userId":"u"},"time":"2025-08-08T10:00:00Z","type":"com.example.purchase","source":"/shop","id":"c-1","specversion":"1.0"}""")]
    public void CloudEventIsReadWithMembersInAnyOrder(string json)
    {
        var read = Some.Event(json);

        Assert.Equal(EventDialect.CloudEvents, read.Dialect);
        AssertTexts(read, new()
        {
            [EventField.EventId] = "c-1",
            [EventField.EventType] = "com.example.purchase",
            [EventField.Source] = "/shop",
            [EventField.Timestamp] = "2025-08-08T10:00:00Z",
            [EventField.UserId] = "u",
            [EventField.Amount] = "3",
        });
    }

    [Fact]
    public void TheAttributesOfACloudEventComeBeforeOtherNames()
    {
        var read = Some.Event("""{"event_id":"x","event_type":"x","timestamp":"x","specversion":"1.0","id":"c","type":"t","time":"2025-01-01T00:00:00Z","source":"s"}""");

        Assert.Equal("c", read.Text(EventField.EventId).ToString());
        Assert.Equal("t", read.Text(EventField.EventType).ToString());
        Assert.Equal(2025, read.Timestamp!.Value.Year);
    }

    [Fact]
    public void BinaryDataOfACloudEventIsLeftAlone()
    {
        var read = Some.Event("""{"specversion":"1.0","id":"c","type":"t","source":"s","data_base64":"eyJ1c2VyX2lkIjoidSJ9"}""");

        Assert.Equal(EventDialect.CloudEvents, read.Dialect);
        Assert.False(read.Text(EventField.UserId).IsPresent);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"type":"t","id":"i","time":"2025-01-01"}""")]
    [InlineData("""{"event_type":null}""")]
    [InlineData("""{"event_type":""}""")]
    [InlineData("""{"event_type":{"a":1}}""")]
    [InlineData("""{"order_id":"o"}""")]
    [InlineData("""{"order_id":"o","data":{"amount":1}}""")]
    [InlineData("""{"specversion":"1.0"}""")]
    public void AnyOtherObjectIsUnknown(string json)
    {
        var read = Some.Event(json);

        Assert.Equal(EventDialect.Unknown, read.Dialect);
        Assert.Equal("unknown", read.Text(EventField.EventType).ToString());
        Assert.False(read.Text(EventField.EventId).IsPresent);
        Assert.Null(read.Timestamp);
    }

    [Fact]
    public void JsonIsPreservedByteForByte()
    {
        const string json = " \r\n{ \"event_type\" :\t\"a\\u0062\" , \"x\":[1,{ }] }\n";
        Assert.Equal(json, System.Text.Encoding.UTF8.GetString(Some.Event(json).Json.Span));
    }

    [Fact]
    public void EveryFieldIsFoundByItsCanonicalName()
    {
        foreach (var field in Enum.GetValues<EventField>())
        {
            var name = EventFieldNames.GetName(field);
            Assert.True(EventFieldNames.TryParse(name, out var parsed));
            Assert.Equal(field, parsed);
            Assert.Equal("x", Some.Event($$"""{"{{name}}":"x"}""").Text(field).ToString());
        }

        Assert.False(EventFieldNames.TryParse("userId", out _));
        Assert.False(EventFieldNames.TryParse(null, out _));
    }

    private static void AssertTexts(Event read, Dictionary<EventField, string> expected)
    {
        foreach (var field in Enum.GetValues<EventField>())
        {
            var text = read.Text(field);
            Assert.Equal((field, expected.ContainsKey(field)), (field, text.IsPresent));
            Assert.Equal((field, expected.GetValueOrDefault(field, "")), (field, text.ToString()));
        }
    }
}
