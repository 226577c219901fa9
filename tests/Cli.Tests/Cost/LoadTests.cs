using Analytics.Cli.Cost;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Tests.Cost;

public sealed class LoadTests
{
    [Theory]
    [InlineData("1000/s", 1_000)]
    [InlineData("1,000/s", 1_000)]
    [InlineData("0.5/s", 0.5)]
    [InlineData("90/min", 1.5)]
    [InlineData("7200/h", 2)]
    [InlineData("86400/day", 1)]
    public void ARateIsANumberAndAUnit(string text, double perSecond) => Assert.Equal((decimal)perSecond, Load.ParseRate(text));

    [Theory]
    [InlineData("")]
    [InlineData("1000")]
    [InlineData("1000/")]
    [InlineData("1000/week")]
    [InlineData("/s")]
    [InlineData("0/s")]
    [InlineData("-1/s")]
    [InlineData("1e3/s")]
    [InlineData("10000001/s")]
    [InlineData("1/s/s")]
    public void InvalidRateIsRejected(string text)
    {
        var refusal = Assert.Throws<UsageException>(() => Load.ParseRate(text));

        Assert.Contains($"'{text}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMonthHas730Hours()
    {
        Assert.Equal(2_628_000_000, Some.Load.EventsPerMonth);
        Assert.Equal(2_628_000_000m * 400 / 1_073_741_824, Some.Load.GigabytesPerMonth);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_024, 1)]
    [InlineData(1_025, 2)]
    public void SizesAreRoundedUpToWholeUnits(int bytes, int units) => Assert.Equal(units, Load.CountUnits(bytes, 1_024));
}
