using System.Text;
using Analytics.Events;

namespace Analytics.Streaming.Tests;

public sealed class MetricDimensionsTests
{
    [Theory]
    [InlineData("page_view", "page_view")]
    [InlineData("purchase", "purchase")]
    [InlineData("click", "click")]
    [InlineData("login", "login")]
    [InlineData("user_signup", "user_signup")]
    [InlineData("error", "error")]
    [InlineData("PURCHASE", "other")]
    [InlineData("a type that nobody knows", "other")]
    public void OnlyKnownTypesBecomeDimensions(string type, string dimension) =>
        OnEvent($$"""{"event_type":"{{type}}"}""", (in Event @event) => Assert.Equal(dimension, MetricDimensions.EventType(@event)));

    [Theory]
    [InlineData("mobile", "mobile")]
    [InlineData("tablet", "tablet")]
    [InlineData("desktop", "desktop")]
    [InlineData("bot", "bot")]
    [InlineData("fridge", "other")]
    [InlineData("", "other")]
    public void OnlyKnownDevicesBecomeDimensions(string device, string dimension) =>
        OnEvent(
            $$"""{"event_type":"click","device_type":"{{device}}"}""",
            (in Event @event) => Assert.Equal(dimension, MetricDimensions.DeviceType(@event)));

    [Fact]
    public void EventWithoutATypeIsUnknown() =>
        OnEvent("""{"a":1}""", (in Event @event) => Assert.Equal("unknown", MetricDimensions.EventType(@event)));

    [Fact]
    public void ARetailOrderIsAPurchase() =>
        OnEvent(
            """{"order_id":"o-1","amount":12.5,"timestamp":"2025-08-08"}""",
            (in Event @event) => Assert.Equal("purchase", MetricDimensions.EventType(@event)));

    [Theory]
    [InlineData("12.34", true)]
    [InlineData("0", true)]
    [InlineData("1000000000000", true)]
    [InlineData("1000000000000.01", false)]
    [InlineData("-0.01", false)]
    [InlineData("1e300", false)]
    public void OnlyAmountsWithinReasonGoIntoAMetric(string amount, bool isTaken) =>
        OnEvent(
            $$"""{"event_type":"purchase","amount":{{amount}}}""",
            (in Event @event) => Assert.Equal(isTaken, MetricAmounts.TryGet(@event, out _)));

    private delegate void EventCheck(in Event @event);

    private static void OnEvent(string json, EventCheck check)
    {
        var events = 0;
        foreach (ref readonly var user in Some.Reader.Read(Encoding.UTF8.GetBytes(json)))
        {
            Assert.True(user.IsEvent);
            check(user.Event);
            events++;
        }

        Assert.Equal(1, events);
    }
}
