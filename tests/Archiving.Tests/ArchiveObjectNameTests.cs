using Analytics.Streaming;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Archiving.Tests;

public sealed class ArchiveObjectNameTests
{
    [Fact]
    public void KeyNamesTheRecordsOfTheObject()
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
    public void AKeyIsReadAsItWasWritten() => Prop.ForAll<PositiveInt, NonNegativeInt, byte[]>((first, more, hash) =>
    {
        var hour = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(first.Get * 7919L % 1_000_000);
        var kind = hash.Length % 2 == 0 ? ArchiveKind.Events : ArchiveKind.Quarantine;
        var shardId = $"shardId-{more.Get:D12}";
        var (from, to) = (Number(first.Get), Number((long)first.Get + more.Get));

        var key = ArchiveObjectName.CreateKey(kind, hour, shardId, from, to, hash);

        Assert.True(ArchiveKey.TryParse(key, out var place));
        Assert.Equal(new ArchiveKey(key, kind, hour), place);
        Assert.True(ArchiveObjectName.TryParse(key, out var name));
        Assert.Equal(new ArchiveObjectName(key, shardId, from, to), name);
        Assert.StartsWith(ArchiveKey.HourPrefix(kind, hour), key, StringComparison.Ordinal);
        Assert.StartsWith(ArchiveKey.Prefix(kind, hour), key, StringComparison.Ordinal);
        Assert.StartsWith(ArchiveObjectName.ShardPrefix(kind, hour, shardId), key, StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    private static SequenceNumber Number(long value) => SequenceNumber.Parse(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
