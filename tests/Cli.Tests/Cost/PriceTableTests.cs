namespace Analytics.Cli.Tests.Cost;

public sealed class PriceTableTests
{
    [Fact]
    public void ShippedPricesStateRegionAndDate()
    {
        Assert.Equal(("us-east-1", "USD"), (Some.Prices.Region, Some.Prices.Currency));
        Assert.InRange(Some.Prices.Date, new DateOnly(2026, 11, 1), DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1));
    }

    [Fact]
    public void EveryPriceIsAboveZeroAndNamesAPageOfAws() => Assert.All(Some.Prices.Prices, price =>
    {
        Assert.True(price.Usd > 0 && price.Per > 0, price.Id);
        Assert.StartsWith("https://aws.amazon.com/", price.Source, StringComparison.Ordinal);
        Assert.All([price.What, price.Unit, price.Service], text => Assert.NotEqual("", text));
    });

    [Fact]
    public void NoPriceOccursTwice() => Assert.Equal(Some.Prices.Prices.Count, Some.Prices.Prices.DistinctBy(price => price.Id).Count());

    [Fact]
    public void MissingPriceIsReported() =>
        Assert.Contains("no.such", Assert.Throws<KeyNotFoundException>(() => Some.Prices["no.such"]).Message, StringComparison.Ordinal);
}
