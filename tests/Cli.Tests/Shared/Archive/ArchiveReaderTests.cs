using Analytics.Cli.Shared.Archive;

namespace Analytics.Cli.Tests.Shared.Archive;

public sealed class ArchiveReaderTests
{
    [Fact]
    public void AKeySaysWhatRecordsItHolds()
    {
        Assert.True(ArchiveObjectName.TryParse("events/year=2026/month=03/day=01/hour=12/shardId-000000000003-17-42.ndjson.gz", out var name));
        Assert.Equal(("shardId-000000000003", "17", "42"), (name.Value.ShardId, name.Value.First.ToString(), name.Value.Last.ToString()));
    }

    [Theory]
    [InlineData("events/year=2026/readme.txt")]
    [InlineData("events/hour=12/42.ndjson.gz")]
    [InlineData("events/hour=12/shard-x-42.ndjson.gz")]
    [InlineData("events/hour=12/17-42.ndjson.gz")]
    public void OtherKeysAreNone(string key) => Assert.False(ArchiveObjectName.TryParse(key, out _));

    [Fact]
    public void ObjectsThatOverlapAreReadTogether()
    {
        var groups = ArchiveReader.Overlapping([Name("b", 1, 5), Name("a", 20, 30), Name("a", 1, 10), Name("a", 4, 6), Name("a", 9, 15), Name("a", 16, 19)])
            .Select(group => string.Join(" ", group.Select(name => $"{name.ShardId}{name.First}-{name.Last}")));

        Assert.Equal(["a1-10 a4-6 a9-15", "a16-19", "a20-30", "b1-5"], groups);
    }

    [Fact]
    public void HoursAreThoseThatTheSpanTouches()
    {
        var day = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal([22, 23, 0], new ArchiveSelection(day.AddHours(22.5), day.AddHours(24.1)).Hours().Select(hour => hour.Hour));
        Assert.Equal([22, 23], new ArchiveSelection(day.AddHours(22), day.AddHours(24)).Hours().Select(hour => hour.Hour));
    }

    private static ArchiveObjectName Name(string shard, int first, int last)
    {
        Assert.True(ArchiveObjectName.TryParse($"events/{shard}-{first}-{last}.ndjson.gz", out var name));
        return name.Value;
    }
}
