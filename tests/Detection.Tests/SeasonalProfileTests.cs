namespace Analytics.Detection.Tests;

public class SeasonalProfileTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AWeeksProfileKnowsTheWeekend()
    {
        var profile = new SeasonalProfile(TimeSpan.FromDays(7), slots: 168, memory: 4);
        for (var hour = 0; hour < 2 * 168; hour++)
        {
            profile.Learn(Monday.AddHours(hour), hour % 168 >= 120 ? 20 : 100);
        }

        Assert.True(profile.TryGet(Monday.AddHours(168 + 132.5), out var saturday));
        Assert.Equal(20, saturday);
        Assert.True(profile.TryGet(Monday.AddHours(336 + 36.5), out var tuesday));
        Assert.Equal(100, tuesday);
    }

    [Fact]
    public void ASlotThatWasNotVisitedIsUnknown()
    {
        var profile = new SeasonalProfile(TimeSpan.FromDays(1), slots: 24, memory: 7);
        profile.Learn(Monday.AddHours(3), 5);
        profile.Learn(Monday.AddHours(4), 6);
        Assert.True(profile.TryGet(Monday.AddDays(1).AddHours(3), out _));
        Assert.False(profile.TryGet(Monday.AddDays(1).AddHours(4), out _));
        Assert.False(profile.TryGet(Monday.AddDays(1).AddHours(12), out _));
    }

    [Fact]
    public void BetweenTheCentresOfTwoSlotsTheProfileIsLinear()
    {
        var profile = new SeasonalProfile(TimeSpan.FromDays(1), slots: 24, memory: 7);
        for (var hour = 0; hour <= 24; hour++)
        {
            profile.Learn(Monday.AddHours(hour), hour);
        }

        Assert.True(profile.TryGet(Monday.AddDays(2).AddHours(10.75), out var value));
        Assert.Equal(10.25, value, 6);
    }

    [Fact]
    public void AVisitCountsOnceHoweverManyPointsItHas()
    {
        var profile = new SeasonalProfile(TimeSpan.FromDays(1), slots: 24, memory: 7);
        for (var minute = 0; minute < 60; minute++)
        {
            profile.Learn(Monday.AddMinutes(minute), 10);
        }

        profile.Learn(Monday.AddHours(12), 0);
        profile.Learn(Monday.AddDays(1), 20);
        profile.Learn(Monday.AddDays(1).AddHours(1), 0);
        Assert.True(profile.TryGet(Monday.AddDays(2).AddHours(0.5), out var value));
        Assert.Equal(15, value, 6);
    }
}
