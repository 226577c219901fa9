using Analytics.Cli.Up;
using Analytics.Events;

namespace Analytics.Cli.Tests.Up;

/// <summary>What the live page's producer sends.</summary>
public sealed class SampleMixTests
{
    private readonly SampleMix _mix = new(7, TimeProvider.System);

    [Theory]
    [InlineData("snake_case", EventDialect.FlatSnakeCase)]
    [InlineData("camelCase", EventDialect.FlatCamelCase)]
    [InlineData("envelope", EventDialect.Envelope)]
    [InlineData("CloudEvents", EventDialect.CloudEvents)]
    public void PageViewsAreOfTheRequestedDialect(string name, EventDialect dialect)
    {
        var weights = SampleMix.Default.Keys.ToDictionary(one => one, one => one == name ? 1 : 0);
        var seen = 0;
        for (var i = 0; i < 300; i++)
        {
            foreach (ref readonly var user in new EventReader(EventLimits.Default).Read(_mix.Next(weights).Data))
            {
                Assert.True(user.IsEvent);
                if (user.Event.Text(EventField.EventType).Equals("page_view"u8))
                {
                    Assert.Equal(dialect, user.Event.Dialect);
                    seen++;
                }
            }
        }

        Assert.True(seen > 100, $"{seen}");
    }

    [Fact]
    public void MalformedRecordsAreNotEvents()
    {
        for (var i = 0; i < 100; i++)
        {
            foreach (ref readonly var user in new EventReader(EventLimits.Default).Read(_mix.Malformed().Data))
            {
                Assert.False(user.IsEvent);
            }
        }
    }

    [Fact]
    public void AHighValueOrderIsAPurchaseAbove500AndAnErrorIsAnError()
    {
        foreach (ref readonly var user in new EventReader(EventLimits.Default).Read(_mix.HighValueOrder().Data))
        {
            Assert.True(user.Event.TryGetNumber(EventField.Amount, out var amount) && amount > 500);
            Assert.Equal("purchase", user.Event.Text(EventField.EventType).ToString());
        }

        foreach (ref readonly var user in new EventReader(EventLimits.Default).Read(_mix.Error().Data))
        {
            Assert.Equal("error", user.Event.Text(EventField.EventType).ToString());
            Assert.Equal("503", user.Event.Text(EventField.ErrorCode).ToString());
        }
    }
}
