using System.Text.Json.Nodes;
using Analytics.Events.Tests;

namespace Analytics.Events.Definitions.Tests;

/// <summary>The definitions.json that is shipped.</summary>
public sealed class ShippedDefinitionsTests
{
    private static readonly Definitions Shipped = Definitions.Load(Path.Combine(AppContext.BaseDirectory, Definitions.FileName));

    [Fact]
    public void ReferenceResourcesAreCounted() => Assert.Equal(
        ["events", "page_views", "page_views_total", "orders", "revenue", "revenue_by_country", "sales_by_product", "average_order", "errors",
         "sessions", "users", "load_time", "load_time_total", "bounce_rate", "signups"],
        Shipped.Counters.Select(counter => counter.Name));

    [Fact]
    public void AmountsOfDifferentCurrenciesAreNeverAddedUp() => Assert.All(
        Shipped.Counters.Where(counter => counter.Field?.ToString() == "amount"),
        counter => Assert.Contains("currency", counter.By.Select(by => by.ToString())));

    [Theory]
    [InlineData("""{"event_type":"page_view","page_url":"/"}""", "events page_views page_views_total")]
    [InlineData("""{"order_id":"o","amount":5,"product_id":"p"}""", "events orders revenue revenue_by_country sales_by_product average_order")]
    [InlineData("""{"event_type":"purchase","data":{"user_id":"u","amount":5,"currency":"EUR"}}""", "events orders revenue revenue_by_country average_order users")]
    [InlineData("""{"event_type":"error","data":{"error_code":"E1","message":"m"}}""", "events errors")]
    [InlineData("""{"eventType":"page_view","sessionId":"s","userId":"u","pageUrl":"/","loadTime":100,"sessionLength":29.9,"pagesViewed":1}""", "events page_views page_views_total sessions users load_time load_time_total bounce_rate")]
    [InlineData("""{"eventType":"page_view","sessionLength":5}""", "events page_views page_views_total")]
    [InlineData("""{"eventType":"user_signup","signupMethod":"email"}""", "events signups")]
    [InlineData("""{}""", "events")]
    public void AnEventCountsWhereItBelongs(string json, string counters) => Assert.Equal(
        counters, string.Join(' ', Shipped.Counters.Where(counter => counter.Pattern.Matches(Some.Event(json))).Select(counter => counter.Name)));

    [Theory]
    [InlineData(29.9, 1, true)]
    [InlineData(30, 1, false)]
    [InlineData(5, 2, false)]
    public void ABounceIsAShortSessionOfOnePage(double length, int pages, bool isBounce)
    {
        var bounceRate = Shipped.Counters.Single(counter => counter.Name == "bounce_rate");
        var json = new JsonObject { ["eventType"] = "page_view", ["sessionLength"] = length, ["pagesViewed"] = pages }.ToJsonString();

        Assert.True(bounceRate.Pattern.Matches(Some.Event(json)));
        Assert.Equal(isBounce, bounceRate.Where!.Matches(Some.Event(json)));
    }

    [Fact]
    public void AnOrderAbove500IsAlerted()
    {
        var alert = Assert.Single(Shipped.Alerts.OfType<MatchRule>());

        Assert.Equal("High-Value Order Detected", alert.Subject.ToString());
        Assert.Null(alert.Cooldown);
        Assert.Equal(["amount", "currency", "user_id", "product_id", "timestamp"], alert.Fields.Select(field => field.ToString()));
        Assert.True(alert.Pattern.Matches(Some.Event("""{"event_type":"purchase","amount":500.01}""")));
        Assert.False(alert.Pattern.Matches(Some.Event("""{"event_type":"purchase","amount":500}""")));
        Assert.False(alert.Pattern.Matches(Some.Event("""{"event_type":"cart","amount":501}""")));
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(51, true)]
    public void MoreThan50ErrorsAMinuteAreAnErrorSpike(int errors, bool isSpike)
    {
        var rule = Assert.Single(Shipped.Alerts.OfType<ThresholdRule>());

        Assert.Equal(("error_spike", "errors", CounterWindow.Minute, false), (rule.Name, rule.Counter, rule.Window, rule.IsPerValue));
        Assert.Equal(isSpike, rule.IsExceededBy(errors));
    }

    [Fact]
    public void AnomaliesAreLookedForInEventsErrorsRevenueAndLoadTimes() => Assert.Equal(
        [("events", false, null), ("errors", false, null), ("revenue", true, null), ("load_time_total", false, 95)],
        Shipped.Alerts.OfType<AnomalyRule>().Select(rule => (rule.Counter, rule.IsPerValue, rule.Percentile)));

    [Fact]
    public void TheSchemaKnowsTheFieldsAndMembers()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "definitions.schema.json")))!["$defs"]!;

        Assert.Equal(
            Enum.GetValues<EventField>().Select(EventFieldNames.GetName),
            schema["canonicalField"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(CounterDefinition.MaxBy, schema["counter"]!["properties"]!["by"]!["maxItems"]!.GetValue<int>());
        Assert.Equal(CounterDefinition.DefaultLimit, schema["counter"]!["properties"]!["limit"]!["default"]!.GetValue<int>());
        Assert.Equal(
            Enum.GetNames<Measure>().Select(name => name.ToLowerInvariant()),
            schema["counter"]!["properties"]!["measure"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()));
        var alert = schema["alert"]!;
        Assert.Equal(Enum.GetNames<AlertSeverity>().Select(name => name.ToLowerInvariant()), Names(alert["properties"]!["severity"]!));
        Assert.Equal(AlertTemplate.MaxLength, alert["properties"]!["text"]!["maxLength"]!.GetValue<int>());
        Assert.Equal(AlertCooldown.MaxBy, alert["properties"]!["cooldown"]!["properties"]!["by"]!["maxItems"]!.GetValue<int>());
        Assert.Equal(MatchRule.MaxFields, alert["then"]!["properties"]!["fields"]!["maxItems"]!.GetValue<int>());
        Assert.Equal(Enum.GetNames<CounterWindow>().Select(name => name.ToLowerInvariant()), Names(alert["else"]!["properties"]!["window"]!));
        Assert.Equal(Enum.GetNames<AlertSensitivity>().Select(name => name.ToLowerInvariant()), Names(alert["else"]!["else"]!["properties"]!["sensitivity"]!));

        static IEnumerable<string> Names(JsonNode node) => node["enum"]!.AsArray().Select(name => name!.GetValue<string>());
    }
}
