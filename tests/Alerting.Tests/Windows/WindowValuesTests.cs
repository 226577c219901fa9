using Analytics.Alerting.Windows;

namespace Analytics.Alerting.Tests.Windows;

public sealed class WindowValuesTests
{
    [Theory]
    [InlineData(1.5, "1.5")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(1e29, "79228162514264337593543950335")]
    [InlineData(-1e29, "-79228162514264337593543950335")]
    [InlineData(double.PositiveInfinity, "79228162514264337593543950335")]
    public void ANumberBeyondADecimalIsTheLargestOne(double value, string number) =>
        Assert.Equal(number, WindowValues.ToDecimal(value).ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("a-Z_0.9", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("é", false)]
    [InlineData("12345678901234567890123456789012", true)]
    [InlineData("123456789012345678901234567890123", false)]
    public void OnlyTokensBecomeDimensions(string value, bool isValid) => Assert.Equal(isValid, MetricDimensionValue.IsValid(value));
}
