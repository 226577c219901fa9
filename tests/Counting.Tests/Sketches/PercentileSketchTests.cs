using Analytics.Counting.Sketches;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.Sketches;

public sealed class PercentileSketchTests
{
    private static readonly double[] Quantiles = [0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 1];

    [Fact]
    public void QuantilesAreWithinOnePercent() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(Decimals(), values =>
            {
                if (values.Length == 0)
                {
                    return;
                }

                var sketch = CreateSketch(values);
                var sorted = values.Order().ToArray();
                foreach (var quantile in Quantiles)
                {
                    var exact = (double)sorted[Math.Max((int)Math.Ceiling(quantile * sorted.Length), 1) - 1];
                    Assert.InRange(Math.Abs(sketch.Quantile(quantile)!.Value - exact), 0, Math.Abs(exact) * 0.01);
                }
            }));

    [Fact]
    public void MergedPartsEqualTheWhole() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(Decimals(), values =>
            {
                var merged = CreateSketch(values.Where((_, index) => index % 3 == 0));
                merged.Merge(PercentileSketch.FromBytes(CreateSketch(values.Where((_, index) => index % 3 == 1)).ToBytes()));
                merged.Merge(CreateSketch(values.Where((_, index) => index % 3 == 2).Reverse()));
                Assert.Equal(CreateSketch(values).ToBytes(), merged.ToBytes());
                Assert.Equal(values.Length, merged.Count);
            }));

    [Fact]
    public void QuantilesAreRightOverAllMagnitudesThatADecimalHas()
    {
        decimal[] values = [.. Enumerable.Range(0, 57).Select(power => power < 28 ? 1m / Power(28 - power) : Power(power - 28))];
        var sketch = PercentileSketch.FromBytes(CreateSketch(values).ToBytes());
        foreach (var index in Enumerable.Range(0, values.Length))
        {
            var quantile = sketch.Quantile((index + 0.5) / values.Length)!.Value;
            Assert.InRange(quantile, (double)values[index] * 0.99, (double)values[index] * 1.01);
        }

        var mixed = CreateSketch([.. Enumerable.Repeat(0.0000000000000000001m, 100), .. Enumerable.Range(1, 900).Select(value => value * 1_000_000m)]);
        Assert.InRange(mixed.Quantile(0.1)!.Value, 0.99e-19, 1.01e-19);

        static decimal Power(int exponent) => Enumerable.Repeat(10m, exponent).Aggregate(1m, (power, ten) => power * ten);
    }

    [Fact]
    public void AllMagnitudesThatADecimalHasTakeBoundedBytes()
    {
        var values = Enumerable.Range(0, 12_800).Select(step => (decimal)(1e-28 * Math.Pow(1.0102, step))).Where(value => value > 0).Distinct().ToArray();
        Assert.Equal(CreateSketch(values).ToBytes(), CreateSketch(values.Reverse()).ToBytes());
        Assert.InRange(CreateSketch(values).ToBytes().Length, 10_000, 4 * PercentileSketch.MaxBins);
    }

    [Fact]
    public void EmptySampleHasNoQuantile() => Assert.Null(new PercentileSketch().Quantile(0.5));

    [Theory]
    [InlineData("")]
    [InlineData("02000000")]
    [InlineData("0100")]
    [InlineData("01000000FF")]
    [InlineData("0100FFFFFFFF0F00")]
    public void BytesThatAreNotASketchAreRejected(string hex) =>
        Assert.Throws<FormatException>(() => PercentileSketch.FromBytes(Convert.FromHexString(hex)));

    private static Arbitrary<decimal[]> Decimals() =>
        Gen.OneOf(
            Gen.Choose(-1000, 1000).Select(value => value / 8m),
            Gen.Choose(1, int.MaxValue).Select(value => (decimal)value * value),
            Gen.Choose(-int.MaxValue, int.MaxValue).Select(value => value / 1_000_000_000_000_000_000m),
            Gen.Elements(0m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 1m, -1m))
        .ArrayOf().ToArbitrary();

    private static PercentileSketch CreateSketch(IEnumerable<decimal> values)
    {
        var sketch = new PercentileSketch();
        foreach (var value in values)
        {
            sketch.Add(value);
        }

        return sketch;
    }
}
