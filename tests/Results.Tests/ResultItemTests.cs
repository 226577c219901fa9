using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Analytics.Streaming;

namespace Analytics.Results.Tests;

public sealed class ResultItemTests
{
    [Fact]
    public void AnEventIsAnItemUnderItsIdentifierAndTime()
    {
        const string Json = """
            {"eventType":"page_view","userId":"u-1","sessionId":"s-1","deviceType":"mobile","timestamp":"2025-08-08T09:29:00.5Z","location":{"country":"CH","city":"Zug"},"pageUrl":"/a","loadTime":120.5,"sessionLength":29,"pagesViewed":1}
            """;
        var item = CreateItem(Json);

        Assert.StartsWith($"{Some.Shard}:{Some.Sequence(1)}:", item["eventId"].S, StringComparison.Ordinal);
        Assert.Equal("1754645340500", item["timestamp"].N);
        Assert.Equal("2025-08-08T09:30:00.000Z", item["processedAt"].S);
        Assert.Equal("page_view", item["eventType"].S);
        Assert.Equal("u-1", item["userId"].S);
        Assert.Equal("s-1", item["sessionId"].S);
        Assert.Equal("mobile", item["deviceType"].S);
        Assert.Equal("CH", item["location"].M["country"].S);
        Assert.Equal("Zug", item["location"].M["city"].S);
        Assert.Equal("/a", item["metrics"].M["page_url"].S);
        Assert.Equal("120.5", item["metrics"].M["load_time"].N);
        Assert.Equal("1", item["metrics"].M["bounce_rate"].N);
        Assert.Equal(Json.Trim(), item["rawData"].S.Trim());
        Assert.Equal(Some.Now.AddDays(30).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), item["expiresAt"].N);
    }

    [Theory]
    [InlineData("29.9", "1", "1")]
    [InlineData("30", "1", "0")]
    [InlineData("29", "2", "0")]
    [InlineData("null", "1", "0")]
    public void ABounceIsAShortSessionOfOnePage(string sessionLength, string pagesViewed, string bounce) =>
        Assert.Equal(
            bounce,
            CreateItem($$"""{"eventType":"page_view","sessionLength":{{sessionLength}},"pagesViewed":{{pagesViewed}}}""")["metrics"].M["bounce_rate"].N);

    [Fact]
    public void APurchaseHasItsAmountExactly()
    {
        var metrics = CreateItem("""{"eventType":"purchase","amount":0.10,"currency":"EUR","itemsCount":3}""")["metrics"].M;

        Assert.Equal(["amount=0.10", "currency=EUR", "items_count=3"], metrics.Select(metric => $"{metric.Key}={metric.Value.N ?? metric.Value.S}"));
    }

    [Fact]
    public void ASignUpHasItsMethodAndCampaign()
    {
        var metrics = CreateItem("""{"eventType":"user_signup","signupMethod":"email","campaignSource":"spring"}""")["metrics"].M;

        Assert.Equal(["signup_method=email", "campaign_source=spring"], metrics.Select(metric => $"{metric.Key}={metric.Value.S}"));
    }

    [Fact]
    public void AnEventWithoutFieldsHasAnItemWithoutThem()
    {
        var item = CreateItem("""{"user_id":"","event_type":"click"}""");

        Assert.Equal(
            ["eventId", "eventType", "expiresAt", "metrics", "processedAt", "rawData", "timestamp"], item.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(item["metrics"].M);
    }

    [Fact]
    public void OldEventExpiresNoSoonerThanANewOne()
    {
        var bounds = new EventTimeBounds { Past = TimeSpan.FromDays(3650) };
        var item = CreateItem("""{"event_type":"click","timestamp":"2020-01-01T00:00:00Z"}""", bounds);

        Assert.Equal("1577836800000", item["timestamp"].N);
        Assert.Equal(Some.Now.AddDays(30).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), item["expiresAt"].N);
    }

    [Fact]
    public void RawDataOverTheLimitIsOmittedAndReported()
    {
        var parts = Enumerable.Range(0, 4).Select(number => $"\"f{number}\":\"{new string('x', 103_000)}\"");
        var item = CreateItem($$"""{"event_type":"click",{{string.Join(',', parts)}}}""");

        Assert.DoesNotContain("rawData", item.Keys);
        Assert.True(item["rawDataOmitted"].BOOL);
    }

    [Fact]
    public void TextsAreCutBetweenCharactersSoThatAnyItemFits()
    {
        var text = new string('x', ResultItem.MaxTextLength - 1) + "😀" + new string('y', 100_000);
        var fields = new[] { "user_id", "session_id", "device_type" }.Select(name => $"\"{name}\":{JsonSerializer.Serialize(text)}");
        var item = CreateItem($$"""{"event_type":"click",{{string.Join(',', fields)}}}""");

        Assert.Equal(new string('x', ResultItem.MaxTextLength - 1), item["userId"].S);
        Assert.Equal(item["userId"].S, item["sessionId"].S);
    }

    private static Dictionary<string, AttributeValue> CreateItem(string json, EventTimeBounds? bounds = null) =>
        Assert.Single(Some.Folded(
            new ResultsFold(new ResultItem(Some.BatchInfo, new ResultSettings(bounds ?? EventTimeBounds.Default, TimeSpan.FromDays(30)))), Some.Record(1, json)).Items);
}
