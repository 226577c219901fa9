using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Streaming.Tests;

public sealed class SequenceNumberTests
{
    private static readonly Arbitrary<string> Digits =
        Gen.Choose(1, SequenceNumber.MaxDigits)
            .SelectMany(length => Gen.Choose(0, 9).ArrayOf(length))
            .Select(digits => string.Concat(digits))
            .ToArbitrary();

    [Fact]
    public void SequenceNumbersCompareAsTheNumbersThatTheyAre() =>
        Prop.ForAll(Digits, Digits, (left, right) =>
            Math.Sign(SequenceNumber.Parse(left).CompareTo(SequenceNumber.Parse(right)))
            == BigInteger.Parse(left, null).CompareTo(BigInteger.Parse(right, null))).QuickCheckThrowOnFailure();

    [Fact]
    public void SortableStringsSortByBytesAsTheNumbersDo() =>
        Prop.ForAll(Digits, Digits, (left, right) =>
        {
            var (first, second) = (SequenceNumber.Parse(left), SequenceNumber.Parse(right));
            return Math.Sign(string.CompareOrdinal(first.ToSortableString(), second.ToSortableString())) == Math.Sign(first.CompareTo(second));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ASortableStringReadsBack() =>
        Prop.ForAll(Digits, digits => SequenceNumber.FromSortableString(SequenceNumber.Parse(digits).ToSortableString()) == SequenceNumber.Parse(digits))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void OperatorsCompareAsTheNumbersDo() =>
        Prop.ForAll(Digits, Digits, (left, right) =>
        {
            var (first, second) = (SequenceNumber.Parse(left), SequenceNumber.Parse(right));
            return new[] { (first, second), (second, first), (first, first) }.All(pair =>
            {
                var order = pair.Item1.CompareTo(pair.Item2);
                return (pair.Item1 < pair.Item2) == order < 0 && (pair.Item1 > pair.Item2) == order > 0 && (pair.Item1 <= pair.Item2) == order <= 0
                    && (pair.Item1 >= pair.Item2) == order >= 0 && (pair.Item1 != pair.Item2) == (order != 0) && (pair.Item1 == pair.Item2) == (order == 0);
            });
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0", "0")]
    [InlineData("000", "0")]
    [InlineData("007", "7")]
    [InlineData("70", "70")]
    public void LeadingZerosAreIgnored(string text, string digits)
    {
        Assert.Equal(digits, SequenceNumber.Parse(text).ToString());
        Assert.Equal(SequenceNumber.Parse(digits), SequenceNumber.Parse(text));
        Assert.Equal(SequenceNumber.Parse(digits).GetHashCode(), SequenceNumber.Parse(text).GetHashCode());
    }

    [Fact]
    public void TheDefaultIsZero() => Assert.Equal(SequenceNumber.Parse("0"), default);

    [Theory]
    [InlineData("")]
    [InlineData("001")]
    [InlineData("0017x")]
    public void TextThatIsNotSortableIsReported(string text) =>
        Assert.Contains("sequence number", Assert.Throws<FormatException>(() => SequenceNumber.FromSortableString(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void TextThatIsNotASequenceNumberIsReportedWithTheText() =>
        Assert.Equal("'1x' is not a Kinesis sequence number.", Assert.Throws<FormatException>(() => SequenceNumber.Parse("1x")).Message);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData(" 1")]
    [InlineData("١")]
    public void NonDecimalIsNotASequenceNumber(string? text) => Assert.False(SequenceNumber.TryParse(text, out _));

    [Fact]
    public void NumberWithTooManyDigitsIsNotASequenceNumber()
    {
        Assert.True(SequenceNumber.TryParse(new string('1', 129), out _));
        Assert.False(SequenceNumber.TryParse(new string('1', 130), out _));
    }
}
