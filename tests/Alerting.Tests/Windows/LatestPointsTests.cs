using Analytics.Alerting.Windows;

namespace Analytics.Alerting.Tests.Windows;

public sealed class LatestPointsTests
{
    [Fact]
    public void TheLatestHourOfMinutesIsKept()
    {
        var latest = new LatestPoints();
        for (var minute = 0; minute < 61; minute++)
        {
            latest.Add(Point(minute));
        }

        Assert.Equal(Enumerable.Range(1, 60).Select(Point), latest.Points);
        Assert.Equal(latest.Points, LatestPoints.Read(latest.ToBytes()).Points);
        Assert.Equal(1_200, latest.ToBytes().Length);
    }

    [Fact]
    public void AnIncompletePointIsIgnored()
    {
        var latest = new LatestPoints();
        latest.Add(Point(1));
        latest.Add(Point(2));

        Assert.Equal([Point(1)], LatestPoints.Read(latest.ToBytes().AsSpan(0, 39)).Points);
        Assert.Empty(LatestPoints.Read([]).Points);
    }

    private static ExpectedPoint Point(int minute) => new(Some.Now.AddMinutes(minute), minute, minute - 1.5f, minute + 2.5f, minute / 64f);
}
