using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Tests.Shared.Commands;

public sealed class TimeArgumentTests
{
    [Theory]
    [InlineData("30m", 30)]
    [InlineData("1h", 60)]
    [InlineData("366d", 527_040)]
    public void ALengthIsANumberAndAUnit(string text, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), TimeArgument.ParseLength(text));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("0m")]
    [InlineData("-1h")]
    [InlineData("5")]
    [InlineData("367d")]
    public void InvalidLengthIsRejected(string text) =>
        Assert.Throws<UsageException>(() => TimeArgument.ParseLength(text));
}
