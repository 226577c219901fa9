using Analytics.Archiving;
using Analytics.Cli.Shared.Archive;

namespace Analytics.Cli.Tests.Shared.Archive;

public sealed class ArchiveReaderTests
{
    [Fact]
    public void ObjectsThatOverlapAreReadTogether()
    {
        var groups = ArchiveReader.Overlapping([Name("b", 1, 5), Name("a", 20, 30), Name("a", 1, 10), Name("a", 4, 6), Name("a", 9, 15), Name("a", 16, 19)])
            .Select(group => string.Join(" ", group.Select(name => $"{name.ShardId}{name.First}-{name.Last}")));

        Assert.Equal(["a1-10 a4-6 a9-15", "a16-19", "a20-30", "b1-5"], groups);
    }

    private static ArchiveObjectName Name(string shard, int first, int last)
    {
        Assert.True(ArchiveObjectName.TryParse($"events/{shard}-{first}-{last}.ndjson.gz", out var name));
        return name.Value;
    }
}
