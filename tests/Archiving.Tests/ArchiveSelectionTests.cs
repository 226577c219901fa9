namespace Analytics.Archiving.Tests;

public sealed class ArchiveSelectionTests
{
    [Fact]
    public void HoursAreThoseThatTheSpanTouches()
    {
        var day = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal([22, 23, 0], new ArchiveSelection(day.AddHours(22.5), day.AddHours(24.1)).Hours().Select(hour => hour.Hour));
        Assert.Equal([22, 23], new ArchiveSelection(day.AddHours(22), day.AddHours(24)).Hours().Select(hour => hour.Hour));
    }
}
