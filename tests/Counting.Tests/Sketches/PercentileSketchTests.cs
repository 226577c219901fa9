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

                var sketch = Of(values);
                var sorted = values.Order().ToArray();
                foreach (var quantile in Quantiles)
                {
                    var exact = (double)sorted[Math.Max((int)Math.Ceiling(quantile * sorted.Length), 1) - 1];
                    Assert.InRange(Math.Abs(sketch.Quantile(quantile)!.Value - exact), 0, Math.Abs(exact) * 0.01);
                }
            }));

    [Fact]
    public void WhatIsMergedInWhateverPartsIsTheSame() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(Decimals(), values =>
            {
                var merged = Of(values.Where((_, index) => index % 3 == 0));
                merged.Merge(PercentileSketch.FromBytes(Of(values.Where((_, index) => index % 3 == 1)).ToBytes()));
                merged.Merge(Of(values.Where((_, index) => index % 3 == 2).Reverse()));
                Assert.Equal(Of(values).ToBytes(), merged.ToBytes());
                Assert.Equal(values.Length, merged.Count);
            }));

    [Fact]
    public void AtMostSoManyBinsAreKeptWhateverTheOrder()
    {
        var values = Enumerable.Range(0, 6000).Select(step => 0.0000000000000000001m * (decimal)Math.Pow(1.0105, step)).ToArray();
        var upwards = Of(values);
        var downwards = Of(values.Reverse());
        Assert.Equal(upwards.ToBytes(), downwards.ToBytes());
        Assert.InRange(upwards.ToBytes().Length, 1, 10 * 1024);
        Assert.Equal(values.Length, upwards.Count);
        Assert.InRange(upwards.Quantile(0.99)!.Value, (double)values[5939] * 0.99, (double)values[5939] * 1.01);
    }

    [Fact]
    public void MergingKeepsAtMostSoManyBins()
    {
        var values = Enumerable.Range(0, 6000).Select(step => -0.0000000000000000001m * (decimal)Math.Pow(1.0105, step)).ToArray();
        var merged = Of(values[3000..]);
        merged.Merge(Of(values[..3000]));
        Assert.Equal(Of(values).ToBytes(), merged.ToBytes());
    }

    [Fact]
    public void NothingHasNoQuantile() => Assert.Null(new PercentileSketch().Quantile(0.5));

    [Theory]
    [InlineData("")]
    [InlineData("02000000")]
    [InlineData("0100")]
    [InlineData("01000000FF")]
    [InlineData("0100FFFFFFFF0F00")]
    public void BytesThatAreNoSketchAreRejected(string hex) =>
        Assert.Throws<FormatException>(() => PercentileSketch.FromBytes(Convert.FromHexString(hex)));

    private static Arbitrary<decimal[]> Decimals() =>
        Gen.OneOf(
            Gen.Choose(-1000, 1000).Select(value => value / 8m),
            Gen.Choose(1, int.MaxValue).Select(value => (decimal)value * value),
            Gen.Choose(-int.MaxValue, int.MaxValue).Select(value => value / 1_000_000_000_000_000_000m),
            Gen.Elements(0m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 1m, -1m))
        .ArrayOf().ToArbitrary();

    private static PercentileSketch Of(IEnumerable<decimal> values)
    {
        var sketch = new PercentileSketch();
        foreach (var value in values)
        {
            sketch.Add(value);
        }

        return sketch;
    }
}
