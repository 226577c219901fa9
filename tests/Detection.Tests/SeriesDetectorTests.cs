namespace Analytics.Detection.Tests;

public class SeriesDetectorTests
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;
    private static readonly DateTimeOffset Start = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void APointThatIsNotNewerIsIgnoredAndChangesNothing()
    {
        var detector = Train(SeriesKind.Measure, Day, minute => Noise(minute));
        var state = detector.Save();
        var last = detector.LastTime!.Value;
        Assert.Equal(PointStatus.NotNewer, detector.Observe(last, 1e9).Status);
        Assert.Equal(PointStatus.NotNewer, detector.Observe(last.AddDays(-3), 1e9).Status);
        Assert.Equal(state, detector.Save());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1.1e30)]
    public void UnusableValueIsIgnoredAndItsTimeStaysOpen(double value)
    {
        var detector = Train(SeriesKind.Measure, Day, minute => Noise(minute));
        var state = detector.Save();
        Assert.Equal(PointStatus.Invalid, detector.Observe(Start.AddMinutes(Day), value).Status);
        Assert.Equal(state, detector.Save());
        Assert.Equal(PointStatus.Scored, detector.Observe(Start.AddMinutes(Day), 10).Status);
    }

    [Fact]
    public void RunningAgainOverTheSameMinutesScoresOnlyTheNewOnes()
    {
        var once = Train(SeriesKind.Count, 2 * Day, minute => 20 + (minute % 3));
        var twice = Train(SeriesKind.Count, Day, minute => 20 + (minute % 3));
        Continue(twice, Day - 100, 2 * Day, minute => 20 + (minute % 3));
        Assert.Equal(once.Save(), twice.Save());
    }

    [Fact]
    public void ANewSeriesRaisesNoAlertInItsFirstHalfDay()
    {
        var detector = new SeriesDetector(SeriesKind.Amount);
        Assert.Empty(Continue(detector, 0, Day / 2, minute => minute % 97 == 0 ? 1e6 : Noise(minute)));
    }

    [Fact]
    public void AFlatSeriesIsQuietAndItsFirstChangeIsFound()
    {
        var detector = new SeriesDetector(SeriesKind.Measure);
        Assert.Empty(Continue(detector, 0, 3 * Day, _ => 42));
        var result = detector.Observe(Start.AddMinutes(3 * Day), 50);
        Assert.True(result.Score >= SeriesDetector.DefaultThreshold);
        Assert.Equal(42, result.Expected, 6);
    }

    [Fact]
    public void OneEventAfterEmptyDaysIsNotAnAnomalyButManyAre()
    {
        var detector = new SeriesDetector(SeriesKind.Count);
        Assert.Empty(Continue(detector, 0, 3 * Day, minute => minute % Day == 700 ? 1 : 0));
        Assert.NotEmpty(Continue(detector, 3 * Day, (3 * Day) + 1, _ => 25));
    }

    [Fact]
    public void ALevelChangeIsFoundAtOnceAndThenBecomesUsual()
    {
        var detector = Train(SeriesKind.Measure, 3 * Day, minute => Noise(minute));
        var found = Continue(detector, 3 * Day, 5 * Day, minute => 30 + Noise(minute));
        Assert.Equal(3 * Day, found[0]);
        Assert.DoesNotContain(found, minute => minute >= 4 * Day);
        var result = detector.Observe(Start.AddMinutes(5 * Day), 40);
        Assert.InRange(result.Expected, 38, 42);
    }

    [Fact]
    public void AnUsualValueAtAnUnusualHourIsFound()
    {
        var detector = Train(SeriesKind.Measure, 6 * Day, minute => IsOfficeHour(minute) ? 100 + Noise(minute) : Noise(minute));
        Assert.Empty(Continue(detector, 6 * Day, (6 * Day) + (3 * Hour), minute => Noise(minute)));
        Assert.NotEmpty(Continue(detector, (6 * Day) + (3 * Hour), (6 * Day) + (3 * Hour) + 3, minute => 90 + Noise(minute)));
    }

    [Fact]
    public void HoursWithoutPointsAreNotAnAnomaly()
    {
        var detector = Train(SeriesKind.Measure, 5 * Day, minute => Wave(minute));
        Assert.Empty(Continue(detector, (5 * Day) + (7 * Hour), 6 * Day, minute => Wave(minute)));
    }

    [Fact]
    public void MissingMinutesAreAnAnomalyIfPassedAsZerosAndNotIfOmitted()
    {
        double Requests(int minute) => 200 + Noise(minute);
        var zeros = Train(SeriesKind.Count, 2 * Day, Requests);
        Assert.Equal(2 * Day, Continue(zeros, 2 * Day, (2 * Day) + 3, _ => 0)[0]);
        var unknown = Train(SeriesKind.Count, 2 * Day, Requests);
        Assert.Empty(Continue(unknown, (2 * Day) + 3, (2 * Day) + 60, Requests));
    }

    [Fact]
    public void ASparseSeriesIsScoredByItsPoints()
    {
        var detector = new SeriesDetector(SeriesKind.Measure);
        for (var point = 0; point < 400; point++)
        {
            Assert.True(detector.Observe(Start.AddHours((7 * point) + (point % 3)), 5 + (point * 31 % 7)).Score < SeriesDetector.DefaultThreshold);
        }

        Assert.True(detector.Observe(Start.AddHours(7 * 401), 100).Score >= SeriesDetector.DefaultThreshold);
    }

    [Fact]
    public void AnOngoingIncidentIsReportedOnceNotEveryMinute()
    {
        var detector = Train(SeriesKind.Count, 3 * Day, minute => 100 + Noise(minute));
        Assert.InRange(Continue(detector, 3 * Day, (3 * Day) + 30, _ => 0).Count, 1, 2);
    }

    [Fact]
    public void AnOutageOfTheSameSizeIsFoundAgainTheNextDay()
    {
        var detector = Train(SeriesKind.Count, 3 * Day, minute => 100 + Noise(minute));
        for (var day = 3; day < 5; day++)
        {
            var outage = (day * Day) + (12 * Hour);
            Continue(detector, day * Day, outage, minute => 100 + Noise(minute));
            Assert.NotEmpty(Continue(detector, outage, outage + 3, _ => 0));
            Continue(detector, outage + 3, (day + 1) * Day, minute => 100 + Noise(minute));
        }
    }

    [Fact]
    public void TheExpectedRangeIsNotNegativeForASeriesThatNeverWas()
    {
        var detector = Train(SeriesKind.Measure, Day, minute => minute % 2);
        Assert.Equal(0, detector.Observe(Start.AddMinutes(Day), 1).Low);
    }

    private static SeriesDetector Train(SeriesKind kind, int minutes, Func<int, double> value)
    {
        var detector = new SeriesDetector(kind);
        Continue(detector, 0, minutes, value);
        return detector;
    }

    private static List<int> Continue(SeriesDetector detector, int from, int to, Func<int, double> value) =>
    [
        .. Enumerable.Range(from, to - from)
            .Where(minute => detector.Observe(Start.AddMinutes(minute), value(minute)).Score >= SeriesDetector.DefaultThreshold),
    ];

    private static bool IsOfficeHour(int minute) => minute % Day is >= 9 * Hour and < 17 * Hour;

    private static double Wave(int minute) => 50 + (30 * Math.Sin(2 * Math.PI * minute / Day)) + Noise(minute);

    private static double Noise(int minute)
    {
        var random = new Random((minute * 7919) + 1);
        return 10 + random.NextDouble() + random.NextDouble() + random.NextDouble();
    }
}
