using System.Numerics;
using Analytics.Counting.Partials;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.Partials;

public sealed class ExactNumberTests
{
    [Fact]
    public void SumsAreExact() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(Numbers().ArrayOf().ToArbitrary(), numbers =>
            {
                var sum = new ExactNumber();
                var exact = BigInteger.Zero;
                foreach (var number in numbers)
                {
                    Assert.True(ExactNumber.TryOf(number, out var one));
                    sum += one;
                    exact += Scaled(number);
                }

                Assert.Equal(exact, ((BigInteger)sum.Nanos * BigInteger.Pow(10, 19)) + sum.Rest);
                Assert.Equal(sum, ExactNumber.Parse(sum.NanosText(), sum.RestText()));
            }));

    [Fact]
    public void OneNumberComesBackAsItWas() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(Numbers().ToArbitrary(), number =>
            {
                Assert.True(ExactNumber.TryOf(number, out var exact));
                Assert.Equal(number, exact.ToDecimal());
            }));

    [Theory]
    [InlineData("0.1", "0.1", "0")]
    [InlineData("-19.990000000000002", "-19.99", "-20000000000000")]
    [InlineData("0.0000000000000000000000000001", "0", "1")]
    [InlineData("99999999999999999", "99999999999999999", "0")]
    public void ANumberIsSplitAtTheNinthPlace(string number, string nanos, string rest)
    {
        Assert.True(ExactNumber.TryOf(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), out var exact));
        Assert.Equal((nanos, rest), (exact.NanosText(), exact.RestText()));
    }

    [Theory]
    [InlineData("100000000000000000")]
    [InlineData("-100000000000000000")]
    [InlineData("79228162514264337593543950335")]
    public void NumbersBeyondTheBoundAreNotTaken(string number) =>
        Assert.False(ExactNumber.TryOf(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), out _));

    [Fact]
    public void TenToTheTwelfthOfTheLargestNumbersFitTheDigitsOfDynamoDb()
    {
        Assert.True(ExactNumber.TryOf(ExactNumber.Bound - 0.0000000001m, out var largest));
        Assert.InRange(((BigInteger)largest.Nanos * BigInteger.Pow(10, 12)).ToString("D", null).Length, 1, 38);
        Assert.True(ExactNumber.TryOf(0.0000000009999999999999999999m, out var smallest));
        Assert.InRange(((BigInteger)smallest.Rest * BigInteger.Pow(10, 12)).ToString("D", null).Length, 1, 38);
    }

    [Fact]
    public void ASumOfMoreDigitsThanADecimalHasIsRounded()
    {
        var sum = new ExactNumber((Int128)10_000_000_000_000_000_000_000_000_000m + 1, 5_000_000_000_000_000_001);
        Assert.Equal(10_000_000_000_000_000_000.000000002m, sum.ToDecimal());
        Assert.Equal(decimal.MaxValue, new ExactNumber(Int128.MaxValue, 0).ToDecimal());
        Assert.Equal(-5m, new ExactNumber(-5_000_000_000, 0).ToDecimal());
    }

    [Theory]
    [InlineData("1.5E+3", 1500)]
    [InlineData("15E-1", 1.5)]
    [InlineData("-0.25", -0.25)]
    public void WhatDynamoDbMayWriteIsRead(string text, double number) => Assert.Equal((decimal)number, ExactNumber.Parse(text, null).ToDecimal());

    private static Gen<decimal> Numbers() =>
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from middle in Gen.Choose(int.MinValue, int.MaxValue)
        from high in Gen.Choose(0, int.MaxValue)
        from scale in Gen.Choose(0, 28)
        from isNegative in Gen.Elements(true, false)
        let number = new decimal(low, middle, scale > 12 ? high : 0, isNegative, (byte)scale)
        select number % ExactNumber.Bound;

    private static BigInteger Scaled(decimal number)
    {
        Span<int> parts = stackalloc int[4];
        _ = decimal.GetBits(number, parts);
        var mantissa = ((BigInteger)(uint)parts[2] << 64) + ((BigInteger)(uint)parts[1] << 32) + (uint)parts[0];
        var scaled = mantissa * BigInteger.Pow(10, 28 - ((parts[3] >> 16) & 0xFF));
        return parts[3] < 0 ? -scaled : scaled;
    }
}
