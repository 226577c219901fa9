using Analytics.Cli.Counters;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Tests.Counters;

public sealed class CountersCommandTests
{
    [Theory]
    [InlineData("minute,hour,day", 30, CounterWindow.Minute)]
    [InlineData("minute,hour,day", 60, CounterWindow.Hour)]
    [InlineData("minute,day", 60, CounterWindow.Minute)]
    [InlineData("day", 60, CounterWindow.Day)]
    [InlineData("minute,day", 3_000, CounterWindow.Day)]
    public void TheWindowIsTheLongestThatFits(string windows, int minutes, CounterWindow expected)
    {
        var definitions = Definitions.Parse(System.Text.Encoding.UTF8.GetBytes(
            $$"""{"counters":[{"name":"c","pattern":{"event_type":["click"]},"measure":"count","windows":["{{windows.Replace(",", "\",\"", StringComparison.Ordinal)}}"]}],"alerts":[]}"""));

        Assert.Equal(expected, CountersCommand.WindowFor(definitions.Counters[0], TimeSpan.FromMinutes(minutes)));
    }
}
