using Analytics.Cli.Cost;

namespace Analytics.Cli.Tests.Cost;

public sealed class BatchesTests
{
    [Fact]
    public void BatchOfAnIdleStreamIsTheFirstRecordAndThoseInItsWindow()
    {
        var batches = Batches.Estimate(new Load(1, 400), shards: 1, batchSize: 1_000, windowSeconds: 5, lanes: 1);

        Assert.Equal(new Batches(6, 438_000), batches);
    }

    [Fact]
    public void ABusyStreamsBatchIsFull()
    {
        var batches = Batches.Estimate(new Load(10_000, 400), shards: 10, batchSize: 1_000, windowSeconds: 5, lanes: 1);

        Assert.Equal(new Batches(1_000, 26_280_000), batches);
    }

    [Fact]
    public void ShardsAndLanesGatherEachForItself()
    {
        var batches = Batches.Estimate(new Load(12, 400), shards: 3, batchSize: 1_000, windowSeconds: 5, lanes: 2);

        Assert.Equal(11, batches.Records);
    }

    [Fact]
    public void RecordsArriveBetweenTwoPolls() =>
        Assert.Equal(101, Batches.Estimate(new Load(100, 400), shards: 1, batchSize: 1_000, windowSeconds: 0, lanes: 1).Records);

    [Fact]
    public void AnInvocationTakesNoMoreThanSixMegabytes() =>
        Assert.Equal(4, Batches.Estimate(new Load(100, Load.MaxEventBytes), shards: 1, batchSize: 1_000, windowSeconds: 5, lanes: 1).Records);
}
