using System.Globalization;

namespace Analytics.Events.Tests.Reading;

public sealed class NumberTests
{
    [Theory]
    [InlineData("12.50", "12.50")]
    [InlineData("0.1", "0.1")]
    [InlineData("-3", "-3")]
    [InlineData("1e2", "100")]
    [InlineData("1.5E-3", "0.0015")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("\"19.99\"", "19.99")]
    [InlineData("\"1e2\"", "100")]
    public void AnAmountIsExact(string json, string expected)
    {
        Assert.True(Some.Event($$"""{"amount":{{json}}}""").TryGetNumber(EventField.Amount, out var value));
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), value);
    }

    [Theory]
    [InlineData("79228162514264337593543950336")]
    [InlineData("1e29")]
    [InlineData("-1e300")]
    [InlineData("\"\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"+1\"")]
    [InlineData("\"007\"")]
    [InlineData("\"1,000\"")]
    [InlineData("\"1e999\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"12 EUR\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void InvalidDecimalIsNotANumber(string json)
    {
        Assert.False(Some.Event($$"""{"amount":{{json}}}""").TryGetNumber(EventField.Amount, out var value));
        Assert.Equal(0, value);
    }

    [Fact]
    public void AbsentFieldIsNotANumber() => Assert.False(Some.Event("{}").TryGetNumber(EventField.Amount, out _));
}
