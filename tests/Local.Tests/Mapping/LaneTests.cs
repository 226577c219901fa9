using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

public sealed class LaneTests
{
    private static EventSourceMappingConfiguration FourLanes => Some.Configuration with { ParallelizationFactor = 4, BatchSize = 2 };

    [Fact]
    public void RecordsWithOnePartitionKeyStayInOneLaneInOrder()
    {
        var shard = new ShardDriver(FourLanes);

        shard.Offer([.. Enumerable.Range(0, 90).Select(number => Some.Record(number, $"user-{number % 9}"))]).Run();

        var deliveries = shard.Invocations
            .SelectMany(invocation => invocation.Invocation.Records.ToArray().Select(record => (record.Record, invocation.Lane)))
            .GroupBy(delivery => delivery.Record.PartitionKey).ToList();
        Assert.Equal(9, deliveries.Count);
        foreach (var key in deliveries)
        {
            Assert.Single(key.Select(delivery => delivery.Lane).Distinct());
            var numbers = key.Select(delivery => int.Parse(delivery.Record.SequenceNumber, System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(numbers.Order(), numbers);
            Assert.Equal(10, numbers.Count);
        }
    }

    [Fact]
    public void ABlockedLaneDoesNotHoldUpTheOthers()
    {
        var bad = LaneKey(0);
        var good = LaneKey(1);
        var shard = new ShardDriver(FourLanes)
        {
            Function = invocation => invocation.Records.Span[0].Record.PartitionKey == bad ? Some.Thrown : Some.Success,
        };

        shard.Offer(Some.Record(1, bad), Some.Record(2, good), Some.Record(3, good), Some.Record(4, good)).RunUntil(Some.Time);

        Assert.Equal("[1] [23] [4]", shard.Delivered);
    }

    [Fact]
    public void TheCheckpointIsBeforeTheLowestUnsettledRecordOfAllLanes()
    {
        var bad = LaneKey(0);
        var good = LaneKey(1);
        var healed = false;
        var shard = new ShardDriver(FourLanes)
        {
            Function = invocation => !healed && invocation.Records.Span[0].Record.PartitionKey == bad ? Some.Thrown : Some.Success,
        };

        shard.Offer(Some.Record(1, good), Some.Record(2, bad), Some.Record(3, good)).RunUntil(Some.Time);
        Assert.Equal("1", shard.Machine.Checkpoint.SequenceNumber);
        Assert.False(shard.Machine.IsSettled(3));
        Assert.True(shard.Machine.IsSettled(1));
        healed = true;
        shard.Run();

        Assert.Equal("3", shard.Machine.Checkpoint.SequenceNumber);
        Assert.True(shard.Machine.IsSettled(3));
    }

    [Fact]
    public void TheProgressOfAShardIsThatOfAllItsLanes()
    {
        var (bad, good) = (LaneKey(0), LaneKey(1));
        var shard = new ShardDriver(FourLanes with { BatchSize = 1 })
        {
            Function = invocation => invocation.Records.Span[0].Record.PartitionKey == bad ? Some.Thrown : Some.Success,
        };
        shard.Offer(Some.Record(1, bad), Some.Record(2, bad), Some.Record(3, good), Some.Record(4, good), Some.Record(5, good));
        Assert.Equal((5, 0, 0), (shard.Machine.Progress.Waiting, shard.Machine.Progress.InFlight, shard.Machine.Progress.FailedAttempts));

        _ = shard.Machine.Next(0, Some.Time);
        _ = shard.Machine.Next(1, Some.Time);
        Assert.Equal((3, 2), (shard.Machine.Progress.Waiting, shard.Machine.Progress.InFlight));
        shard.Machine.Complete(0, Some.Thrown, Some.Time);
        shard.Machine.Complete(1, Some.Success, Some.Time);

        Assert.Equal((4, 0, 1), (shard.Machine.Progress.Waiting, shard.Machine.Progress.InFlight, shard.Machine.Progress.FailedAttempts));
    }

    [Fact]
    public void TheLanesOfAKeyAreTheSameInEveryRun() =>
        Assert.Equal([4, 1, 6, 6], new[] { "user-1", "user-2", "ключ", "" }.Select(key => ShardStateMachine.GetLane(key, 10)));

    [Fact]
    public void TheLanesShareTheKeys()
    {
        var counts = Enumerable.Range(0, 10_000).GroupBy(number => ShardStateMachine.GetLane($"user-{number}", 10)).Select(lane => lane.Count());

        Assert.All(counts, count => Assert.InRange(count, 700, 1300));
    }

    private static string LaneKey(int lane) =>
        Enumerable.Range(0, 1000).Select(number => $"key-{number}").First(key => ShardStateMachine.GetLane(key, 4) == lane);
}
