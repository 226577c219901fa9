using Analytics.Cli.Commands;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Tests.Commands;

public sealed class CountersCommandTests
{
    [Theory]
    [InlineData("30m", 30)]
    [InlineData("1h", 60)]
    [InlineData("366d", 527_040)]
    public void ALengthIsANumberAndAUnit(string text, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), CountersCommand.ParseLength(text));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("0m")]
    [InlineData("-1h")]
    [InlineData("5")]
    [InlineData("367d")]
    public void WhatIsNoLengthIsRefused(string text) =>
        Assert.Throws<UsageException>(() => CountersCommand.ParseLength(text));

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
