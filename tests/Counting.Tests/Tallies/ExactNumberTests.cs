using System.Numerics;
using Analytics.Counting.Tallies;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.Tallies;

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
                    Assert.True(ExactNumber.TryCreate(number, out var one));
                    sum += one;
                    exact += Scaled(number);
                }

                Assert.Equal(exact, ((BigInteger)sum.Nanos * BigInteger.Pow(10, 19)) + sum.Rest);
                Assert.Equal(sum, ExactNumber.Parse(sum.ToString()));
                if (sum.ToNumberText(out var isExact) is var text && isExact)
                {
                    Assert.Equal(sum, ExactNumber.Parse(text));
                }
            }));

    [Fact]
    public void SingleNumberRoundTrips() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(Numbers().ToArbitrary(), number =>
            {
                Assert.True(ExactNumber.TryCreate(number, out var exact));
                Assert.Equal(number, exact.ToDecimal());
            }));

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("-19.990000000000002", "-19.990000000000002")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("99999999999999999", "99999999999999999")]
    [InlineData("-0.0", "0")]
    public void ANumberIsWrittenWithAllItsDigits(string number, string text)
    {
        Assert.True(ExactNumber.TryCreate(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), out var exact));
        Assert.Equal((text, text, true), (exact.ToString(), exact.ToNumberText(out var isExact), isExact));
    }

    [Theory]
    [InlineData("100000000000000000")]
    [InlineData("-100000000000000000")]
    [InlineData("79228162514264337593543950335")]
    public void NumbersBeyondTheBoundAreNotTaken(string number) =>
        Assert.False(ExactNumber.TryCreate(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), out _));

    [Fact]
    public void TheSumOfTenToTheTwelfthOfTheLargestNumbersFits()
    {
        Assert.True(ExactNumber.TryCreate(ExactNumber.Bound - 0.0000000001m, out var largest));
        Assert.True((BigInteger)largest.Nanos * BigInteger.Pow(10, 12) < (BigInteger)Int128.MaxValue);
        Assert.True(ExactNumber.TryCreate(0.0000000009999999999999999999m, out var smallest));
        Assert.True((BigInteger)smallest.Rest * BigInteger.Pow(10, 12) < (BigInteger)Int128.MaxValue);
    }

    [Fact]
    public void ASumOfMoreDigitsThanADecimalHasIsRoundedOnce()
    {
        var sum = new ExactNumber((Int128)10_000_000_000_000_000_000_000_000_000m + 1, 5_000_000_000_000_000_001);
        Assert.Equal(10_000_000_000_000_000_000.000000002m, sum.ToDecimal());
        Assert.Equal(decimal.MaxValue, new ExactNumber(Int128.MaxValue, 0).ToDecimal());
        Assert.Equal(-5m, new ExactNumber(-5_000_000_000, 0).ToDecimal());

        // Digit by digit, 48 after the last kept digit rounds to 5, which rounds up.
        var tail = ExactNumber.Parse("12345678901234567890123456788.48");
        Assert.Equal(12345678901234567890123456788m, tail.ToDecimal());
        Assert.Equal("12345678901234567890123456788.48", tail.ToNumberText(out var isExact));
        Assert.True(isExact);
    }

    [Fact]
    public void SumOfMoreDigitsThanDynamoDbHoldsKeepsTheExactDigits()
    {
        var sum = ExactNumber.Parse("12345678901234.1234567890123456789012345678");
        Assert.Equal("12345678901234123456789012345678901235E-24", sum.ToNumberText(out var isExact));
        Assert.False(isExact);
        Assert.Equal(sum, ExactNumber.Parse(sum.ToString()));
    }

    [Fact]
    public void SumsAreEqualHoweverTheyAreSplit() =>
        Assert.Equal(new ExactNumber(1, 0), new ExactNumber(0, 10_000_000_000_000_000_000));

    [Fact]
    public void AnAverageIsRoundedOnce()
    {
        Assert.True(ExactNumber.TryCreate(2, out var two));
        Assert.Equal(0.6666666666666666666666666667m, two.DividedBy(3));
        Assert.True(ExactNumber.TryCreate(-2, out var less));
        Assert.Equal(-0.6666666666666666666666666667m, less.DividedBy(3));
    }

    [Theory]
    [InlineData("1.5E+3", 1500)]
    [InlineData("15E-1", 1.5)]
    [InlineData("-0.25", -0.25)]
    public void NumbersWrittenByDynamoDbAreRead(string text, double number) => Assert.Equal((decimal)number, ExactNumber.Parse(text).ToDecimal());

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
