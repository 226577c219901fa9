namespace Analytics.Archiving.Tests;

public sealed class ArchiveKeyTests
{
    private static readonly DateTime Day = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void KeyContainsItsKindAndTime()
    {
        Assert.Equal((ArchiveKind.Events, Day.AddHours(12), Day.AddHours(13)), Parse("events/year=2026/month=03/day=01/hour=12/shardId-000000000000-1-2.ndjson.gz"));
        Assert.Equal((ArchiveKind.Quarantine, Day, Day.AddHours(1)), Parse("quarantine/year=2026/month=03/day=01/hour=00/shardId-000000000000-1-2.ndjson.gz"));
        Assert.Equal((ArchiveKind.Compacted, Day, Day.AddDays(1)), Parse("compacted/events/year=2026/month=03/day=01/hour-12-0001.parquet"));
    }

    [Theory]
    [InlineData("athena/x.csv")]
    [InlineData("compacted/events/year=2026/month=03/day=01/_manifest.json")]
    [InlineData("compacted/events/year=2026/month=03/day=01/.part.parquet.new")]
    [InlineData("events/year=2026/month=13/day=01/hour=12/a.ndjson.gz")]
    [InlineData("events/year=2026/month=03/day=01/hour=24/a.ndjson.gz")]
    [InlineData("events/year=2026/month=03/day=01/hour=12/../../a.ndjson.gz")]
    [InlineData("events/year=2026/month=03/day=01/hour=12/a'b.ndjson.gz")]
    [InlineData("events/year=2026/month=03/day=01/hour=12/a*.ndjson.gz")]
    [InlineData("/events/year=2026/month=03/day=01/hour=12/a.ndjson.gz")]
    [InlineData("events/year=2026/month=03/day=01/hour=12/a.ndjson.gz\n")]
    public void OtherKeysAreUnchanged(string text) => Assert.False(ArchiveKey.TryParse(text, out _));

    [Fact]
    public void ASpanIsListedByDays()
    {
        var span = ArchiveSpan.Create(new DateTimeOffset(Day.AddHours(23.5)), new DateTimeOffset(Day.AddHours(25)));

        Assert.Equal(["events/year=2026/month=03/day=01/", "events/year=2026/month=03/day=02/"], span.Prefixes(ArchiveKind.Events));
        Assert.Equal(["compacted/events/year=2026/month=03/day=01/"], ArchiveSpan.Day(Day).Prefixes(ArchiveKind.Compacted));
        Assert.Equal(["quarantine/"], default(ArchiveSpan).Prefixes(ArchiveKind.Quarantine));
    }

    private static (ArchiveKind Kind, DateTime Start, DateTime End) Parse(string text)
    {
        Assert.True(ArchiveKey.TryParse(text, out var key));
        return (key.Value.Kind, key.Value.Start, key.Value.End);
    }
}
