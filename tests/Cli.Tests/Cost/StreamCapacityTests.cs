using Analytics.Cli.Cost;

namespace Analytics.Cli.Tests.Cost;

public sealed class StreamCapacityTests
{
    [Theory]
    [InlineData(1, 400, 4, 1)]
    [InlineData(800, 400, 4, 1)]
    [InlineData(801, 400, 4, 2)]
    [InlineData(10_000, 400, 4, 13)]
    [InlineData(100, 1024 * 1024, 1, 125)]
    public void ShardIsPlannedForEightTenthsOfItsLimits(int events, int bytes, int readers, int shards) =>
        Assert.Equal(shards, StreamCapacity.ShardsFor(new Load(events, bytes), readers));

    [Fact]
    public void ReadersThatShareAShardNeedMoreOfThem()
    {
        var load = new Load(800, 1024);

        Assert.Equal(1, StreamCapacity.ShardsFor(load, 2));
        Assert.Equal(2, StreamCapacity.ShardsFor(load, 4));
    }

    [Fact]
    public void MinimumSizeHasNoHeadroom() => Assert.Equal(10, StreamCapacity.GetMinimum(new Load(10_000, 100), 4));
}
