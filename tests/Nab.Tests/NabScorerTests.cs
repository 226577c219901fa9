using Analytics.Nab.Corpus;
using Analytics.Nab.Scoring;

namespace Analytics.Nab.Tests;

public class NabScorerTests
{
    private const int Precision = 4;
    private static readonly NabScorer Standard = new(NabProfile.Standard);

    [Theory]
    [InlineData(-1, 0.98661)]
    [InlineData(-0.5, 0.84828)]
    [InlineData(0, 0)]
    [InlineData(1, -0.98661)]
    [InlineData(2.9999, -1)]
    [InlineData(3, -1)]
    [InlineData(100, -1)]
    public void TheSigmoidHasThePublishedValues(double position, double expected) => Assert.Equal(expected, NabScorer.ScaledSigmoid(position), 5);

    [Theory]
    [InlineData(100, 15)]
    [InlineData(99, 14)]
    [InlineData(5000, 750)]
    [InlineData(20_000, 750)]
    public void TheProbationaryPeriodIs15PercentAndAtMost750Points(int points, int expected) =>
        Assert.Equal(expected, Series(points).ProbationaryLength);

    [Fact]
    public void NoDetectionScoresZero()
    {
        var result = Standard.Score([Detections(Series(100, new NabWindow(40, 49)))], 0.5);
        Assert.Equal(0, result.Score);
        Assert.Equal(-1, result.Raw);
        Assert.Equal(0, result.DetectedWindows);
    }

    [Fact]
    public void ADetectionAtTheFirstPointOfEachWindowScores100InEveryProfile()
    {
        DetectedSeries[] detections = [Detections(Series(100, new NabWindow(40, 49), new NabWindow(70, 79)), 40, 70), Detections(Series(50, new NabWindow(20, 24)), 20)];
        foreach (var profile in NabProfile.All)
        {
            Assert.Equal(100, new NabScorer(profile).Score(detections, 0.5).Score, 10);
        }
    }

    // Position -(49 - 44 + 1) / 10 = -0.6; 2 / (1 + e^-3) - 1 = 0.905148; over 0.986614: 0.917429; (0.917429 + 1) / 2.
    [Fact]
    public void ADetectionWithinAWindowIsWeighedByItsPosition()
    {
        var result = Standard.Score([Detections(Series(100, new NabWindow(40, 49)), 44)], 0.5);
        Assert.Equal(0.917429, result.Raw, Precision);
        Assert.Equal(95.871, result.Score, 2);
    }

    // Position -1 / 10: 2 / (1 + e^-0.5) - 1 = 0.244919; over 0.986614: 0.248242.
    [Fact]
    public void TheLastPointOfAWindowStillCounts() =>
        Assert.Equal(0.248242, Standard.Score([Detections(Series(100, new NabWindow(40, 49)), 49)], 0.5).Raw, Precision);

    [Fact]
    public void OnlyTheEarliestDetectionInAWindowCounts()
    {
        var series = Series(100, new NabWindow(40, 49));
        Assert.Equal(
            Standard.Score([Detections(series, 44)], 0.5).Raw,
            Standard.Score([Detections(series, 44, 45, 46, 49)], 0.5).Raw);
    }

    [Fact]
    public void ADetectionBeforeAnyWindowCostsTheFullWeight()
    {
        var result = Standard.Score([Detections(Series(100, new NabWindow(40, 49)), 20, 39, 40)], 0.5);
        Assert.Equal(1 - 0.22, result.Raw, Precision);
        Assert.Equal(2, result.FalsePositives);
    }

    // (51 - 49) / 9: 2 / (1 + e^1.111111) - 1 = -0.504628; times 0.11: -0.055509.
    [Fact]
    public void ADetectionShortlyAfterAWindowCostsLess() =>
        Assert.Equal(1 - 0.055509, Standard.Score([Detections(Series(100, new NabWindow(40, 49)), 40, 51)], 0.5).Raw, Precision);

    [Fact]
    public void ADetectionThreeWindowLengthsAfterAWindowCostsTheFullWeight() =>
        Assert.Equal(1 - 0.11, Standard.Score([Detections(Series(100, new NabWindow(40, 49)), 40, 76)], 0.5).Raw, 10);

    [Fact]
    public void FalsePositivesCostTwiceInTheProfileThatRewardsFewOfThem() =>
        Assert.Equal(1 - 0.22, new NabScorer(NabProfile.RewardLowFalsePositives).Score([Detections(Series(100, new NabWindow(40, 49)), 20, 40)], 0.5).Raw, 10);

    [Fact]
    public void MissedWindowsCostTwiceInTheLowFalseNegativeProfile() =>
        Assert.Equal(-2, new NabScorer(NabProfile.RewardLowFalseNegatives).Score([Detections(Series(100, new NabWindow(40, 49)))], 0.5).Raw);

    [Fact]
    public void DetectionsInTheProbationaryPeriodDoNotCount() =>
        Assert.Equal(-1, Standard.Score([Detections(Series(100, new NabWindow(40, 49)), 0, 7, 14)], 0.5).Raw);

    [Fact]
    public void TheFirstPointAfterTheProbationaryPeriodCounts() =>
        Assert.Equal(-1.11, Standard.Score([Detections(Series(100, new NabWindow(40, 49)), 15)], 0.5).Raw, 10);

    [Fact]
    public void SeriesWithoutWindowsOnlyCostTheirDetections()
    {
        var quiet = Detections(Series(100), 50);
        Assert.True(double.IsNaN(Standard.Score([quiet], 0.5).Score));
        Assert.Equal(94.5, Standard.Score([quiet, Detections(Series(100, new NabWindow(40, 49)), 40)], 0.5).Score, 10);
    }

    [Fact]
    public void TheBestThresholdIsOneForAllSeries()
    {
        var first = Detections(Series(100, new NabWindow(40, 49)));
        var second = Detections(Series(100, new NabWindow(40, 49)));
        ((double[])first.Scores)[40] = 0.9;
        ((double[])second.Scores)[40] = 0.6;
        ((double[])second.Scores)[20] = 0.7;
        Assert.Equal(0.6, Standard.FindBestThreshold([first, second]));
        Assert.Equal(2 - 0.11, Standard.Score([first, second], 0.6).Raw, 10);
    }

    // A detector that finds nothing without 20 false positives scores best without detections.
    [Fact]
    public void TheBestThresholdIsAboveAllScoresIfDetectionsDoNotPay()
    {
        var detections = Detections(Series(100, new NabWindow(90, 99)), [.. Enumerable.Range(20, 20), 99]);
        Assert.Equal(1.1, Standard.FindBestThreshold([detections]));
    }

    [Fact]
    public void PointsWithTheSameScoreAreDetectedTogether()
    {
        var detections = Detections(Series(200, new NabWindow(190, 199)), [.. Enumerable.Range(100, 30), 190]);
        Assert.Equal(1.1, Standard.FindBestThreshold([detections]));
    }

    [Fact]
    public void OverlappingWindowsAreRejected() =>
        Assert.Throws<InvalidDataException>(() => Series(100, new NabWindow(40, 49), new NabWindow(49, 60)));

    private static NabSeries Series(int points, params NabWindow[] windows)
    {
        var start = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
        return new NabSeries("group/series.csv", [.. Enumerable.Range(0, points).Select(point => start.AddMinutes(point))], new double[points], windows);
    }

    private static DetectedSeries Detections(NabSeries series, params int[] points)
    {
        var scores = new double[series.Times.Count];
        foreach (var point in points)
        {
            scores[point] = 1;
        }

        return new DetectedSeries(series, scores);
    }
}
