using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Detection.Tests;

public class SeriesStateTests
{
    private const int MaxStateBytes = 2048;
    private static readonly DateTimeOffset Start = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void RestoredDetectorContinuesExactly() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Series(), series =>
        {
            var (kind, points) = series;
            var kept = new SeriesDetector(kind);
            var saved = new SeriesDetector(kind);
            foreach (var (time, value) in points)
            {
                var expected = kept.Observe(time, value);
                saved = SeriesDetector.Load(saved.Save());
                if (saved.Observe(time, value) != expected || saved.Points != kept.Points || saved.LastTime != kept.LastTime)
                {
                    return false;
                }
            }

            return kept.Save().AsSpan().SequenceEqual(saved.Save());
        }));

    [Fact]
    public void StateOfTheLargestValuesIsRestored()
    {
        var detector = new SeriesDetector(SeriesKind.Measure);
        _ = detector.Observe(Start, -SeriesDetector.MaxMagnitude);
        _ = detector.Observe(Start.AddMinutes(5), -SeriesDetector.MaxMagnitude);
        _ = detector.Observe(Start.AddHours(2), 0);
        _ = detector.Observe(Start.AddDays(3000), SeriesDetector.MaxMagnitude);

        var restored = SeriesDetector.Load(detector.Save());

        Assert.Equal(detector.Observe(Start.AddDays(3001), 1), restored.Observe(Start.AddDays(3001), 1));
    }

    [Fact]
    public void ScoresAndExpectedRangesAreFiniteForAnyValuesAndTimes() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Series(), series =>
        {
            var detector = new SeriesDetector(series.Kind);
            return series.Points.All(point => IsSound(detector.Observe(point.Time, point.Value)));
        }));

    [Fact]
    public void AnyBytesAreRejectedOrRestoreAWorkingDetector() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => IsRefusedOrWorks([1, 0, .. bytes])));

    [Fact]
    public void ModifiedStateIsRejectedOrRestoresAWorkingDetector()
    {
        var state = AWeek().Save();
        for (var index = 0; index < state.Length; index++)
        {
            foreach (var value in (byte[])[0, 0x7F, 0x80, 0xFF, (byte)(state[index] ^ 1)])
            {
                var tampered = state.ToArray();
                tampered[index] = value;
                Assert.True(IsRefusedOrWorks(tampered), $"byte {index} = {value}");
            }
        }
    }

    [Fact]
    public void ATruncatedOrExtendedStateIsRejected()
    {
        var state = AWeek().Save();
        for (var length = 0; length < state.Length; length++)
        {
            Assert.Throws<FormatException>(() => SeriesDetector.Load(state.AsSpan(0, length)));
        }

        Assert.Throws<FormatException>(() => SeriesDetector.Load([.. state, 0]));
    }

    [Fact]
    public void AStateOfAnotherVersionOrKindIsRejected()
    {
        var state = AWeek().Save();
        Assert.Throws<FormatException>(() => SeriesDetector.Load([2, .. state.AsSpan(1)]));
        Assert.Throws<FormatException>(() => SeriesDetector.Load([1, 3, .. state.AsSpan(2)]));
    }

    [Fact]
    public void TheStateStaysSmallHoweverLongTheSeries()
    {
        Assert.True(new SeriesDetector(SeriesKind.Count).Save().Length < 700);
        Assert.True(AWeek().Save().Length <= MaxStateBytes);
    }

    private static SeriesDetector AWeek()
    {
        var detector = new SeriesDetector(SeriesKind.Amount);
        for (var minute = 0; minute < 9 * 24 * 60; minute += 5)
        {
            detector.Observe(Start.AddMinutes(minute), 100 + (minute * 7919 % 31));
        }

        return detector;
    }

    private static bool IsRefusedOrWorks(byte[] state)
    {
        SeriesDetector detector;
        try
        {
            detector = SeriesDetector.Load(state);
        }
        catch (FormatException)
        {
            return true;
        }

        var time = detector.LastTime is { } last && last < DateTimeOffset.MaxValue.AddDays(-1) ? last : Start;
        return Enumerable.Range(1, 50).All(minute => IsSound(detector.Observe(time.AddMinutes(minute), minute * 1e6)))
            && detector.Save().Length <= MaxStateBytes;
    }

    private static bool IsSound(DetectionResult result) =>
        result.Score is >= 0 and <= 1 && double.IsFinite(result.Expected) && double.IsFinite(result.Low) && double.IsFinite(result.High) && result.Low <= result.High;

    private static Arbitrary<(SeriesKind Kind, List<(DateTimeOffset Time, double Value)> Points)> Series()
    {
        var value = Gen.OneOf(
            ArbMap.Default.GeneratorFor<double>(),
            Gen.Choose(0, 5).Select(count => (double)count),
            Gen.Elements(0, 1e30, -1e30, 1e-300, double.NaN, double.PositiveInfinity, double.MaxValue));
        var step = Gen.Frequency((8, Gen.Constant(300)), (1, Gen.Choose(-600, 600)), (1, Gen.Choose(0, 10_000_000)));
        var points = Gen.Zip(step, value).ListOf().Resize(400);
        return Gen.Zip(Gen.Elements(SeriesKind.Measure, SeriesKind.Amount, SeriesKind.Count), points)
            .Select(series =>
            {
                var time = Start;
                return (series.Item1, series.Item2.Select(point => (time = time.AddSeconds(point.Item1), point.Item2)).ToList());
            })
            .ToArbitrary();
    }
}
