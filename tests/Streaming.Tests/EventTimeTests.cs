using System.Globalization;
using System.Text;

namespace Analytics.Streaming.Tests;

public sealed class EventTimeTests
{
    [Theory]
    [InlineData("2025-08-01T10:00:00Z", true)]
    [InlineData("2025-08-01T09:59:59.999Z", false)]
    [InlineData("2025-08-08T11:00:00Z", true)]
    [InlineData("2025-08-08T11:00:00.001Z", false)]
    public void ProducerTimeIsAcceptedFromAWeekBeforeToAnHourAfterArrival(string timestamp, bool isBelieved)
    {
        var arrival = new DateTimeOffset(2025, 8, 8, 10, 0, 0, TimeSpan.Zero);
        var time = Resolve($$"""{"event_type":"click","timestamp":"{{timestamp}}"}""", arrival);

        Assert.Equal(!isBelieved, time.IsArrivalTime);
        Assert.Equal(isBelieved ? DateTimeOffset.Parse(timestamp, CultureInfo.InvariantCulture) : arrival, time.Value);
    }

    [Fact]
    public void AnEventWithoutATimeCountsWhenItArrived() =>
        Assert.Equal(new EventTime(Some.Arrival, IsArrivalTime: true), Resolve("""{"event_type":"click"}""", Some.Arrival));

    private static EventTime Resolve(string json, DateTimeOffset arrival)
    {
        foreach (ref readonly var user in Some.Reader.Read(Encoding.UTF8.GetBytes(json)))
        {
            return EventTimeBounds.Default.Resolve(user.Event, arrival);
        }

        throw new InvalidOperationException("No user record.");
    }
}
