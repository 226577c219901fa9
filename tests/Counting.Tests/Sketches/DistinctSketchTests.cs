using System.Globalization;
using Analytics.Counting.Sketches;
using Analytics.Streaming;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.Sketches;

public sealed class DistinctSketchTests
{
    private const double StandardError = 0.0163;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(DistinctSketch.MaxExact)]
    public void FewTextsAreCountedExactly(int count) => Assert.Equal(count, CreateSketch(0, count).Estimate());

    [Theory]
    [InlineData(129)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void ManyTextsAreCountedWithinFourStandardErrors(int count)
    {
        var estimate = CreateSketch(0, count).Estimate();
        Assert.InRange(estimate, count * (1 - (4 * StandardError)), count * (1 + (4 * StandardError)));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(5_000)]
    [InlineData(20_000)]
    public void TheStandardErrorIsAtMostTwoPercent(int count)
    {
        const int Samples = 200;
        var squares = Enumerable.Range(0, Samples).Sum(sample =>
        {
            var error = (CreateSketch(sample * count, count).Estimate() - count) / (double)count;
            return error * error;
        });
        Assert.InRange(Math.Sqrt(squares / Samples), 0.0001, 0.02);
    }

    [Fact]
    public void MergedPartsEqualTheWhole() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(Gen.Choose(0, 2000).ArrayOf().Resize(600).Zip(Gen.Choose(1, 5)).ToArbitrary(), one =>
            {
                var (texts, parts) = one;
                var whole = new DistinctSketch();
                var sketches = Enumerable.Range(0, parts).Select(_ => new DistinctSketch()).ToArray();
                for (var index = 0; index < texts.Length; index++)
                {
                    whole.Add(ComputeHash(texts[index]));
                    sketches[index % parts].Add(ComputeHash(texts[^(index + 1)]));
                }

                var merged = new DistinctSketch();
                foreach (var sketch in sketches)
                {
                    merged.Merge(DistinctSketch.FromBytes(sketch.ToBytes()));
                }

                Assert.Equal(whole.ToBytes(), merged.ToBytes());
                Assert.Equal(whole.ToBytes(), DistinctSketch.FromBytes(whole.ToBytes()).ToBytes());
                Assert.Equal(whole.Estimate(), merged.Estimate());
            }));

    [Theory]
    [InlineData(10, 82)]
    [InlineData(128, 1026)]
    [InlineData(300, 700)]
    [InlineData(1_000_000, 3074)]
    public void ItTakesNoMoreBytesThanItNeeds(int count, int bytes) => Assert.InRange(CreateSketch(0, count).ToBytes().Length, 1, bytes);

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("0107")]
    [InlineData("010001")]
    [InlineData("0101FFFFFFFFFFFFFFFFFFFF01")]
    [InlineData("010100FF")]
    [InlineData("0102FFFF")]
    public void BytesThatAreNotASketchAreRejected(string hex) =>
        Assert.Throws<FormatException>(() => DistinctSketch.FromBytes(Convert.FromHexString(hex)));

    private static ulong ComputeHash(int text) => XxHash64.Compute(Some.Utf8(string.Create(CultureInfo.InvariantCulture, $"user-{text}")));

    private static DistinctSketch CreateSketch(int from, int count)
    {
        var sketch = new DistinctSketch();
        for (var text = from; text < from + count; text++)
        {
            sketch.Add(ComputeHash(text));
        }

        return sketch;
    }
}
