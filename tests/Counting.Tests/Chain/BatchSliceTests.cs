using Analytics.Counting.Chain;
using Analytics.Streaming;

namespace Analytics.Counting.Tests.Chain;

public sealed class BatchSliceTests
{
    private static readonly CounterPlan Plan =
        Some.Plan("""{"name":"pages","pattern":{"event_type":[{"exists":true}]},"measure":"count","windows":["minute"]}""");

    [Fact]
    public void ASliceKnowsItsRecordsAndTheTimesOfTheirArrival()
    {
        var slice = new BatchSlice(Plan);
        Add(slice, Some.Record(Some.Shard, 1, "{}", Some.Noon.AddSeconds(5)), isFirst: false);
        Add(slice, Some.Record(Some.Shard, 2, "no JSON", Some.Noon), isFirst: true);
        Add(slice, Some.Record(Some.Shard, 3, "{}", Some.Noon.AddSeconds(9)), isFirst: true);
        Add(slice, Some.Record(Some.Shard, 3, "{}", Some.Noon.AddSeconds(3)), isFirst: false);

        Assert.Equal((2, 4, 3, 1), (slice.Records, slice.UserRecords, slice.Events, slice.Malformed));
        Assert.Equal((Some.SequenceNumber(1), Some.SequenceNumber(3)), (slice.First.ToString(), slice.Last.ToString()));
        Assert.Equal((Some.Noon, Some.Noon.AddSeconds(9)), (slice.FirstArrival, slice.LastArrival));
        Assert.Equal(3, slice.Cells.Sum(cell => cell.Complete().Count));
    }

    [Fact]
    public void UserRecordsOfTheLastSequenceNumberAreRemembered()
    {
        var (first, second) = (SequenceNumber.Parse("1"), SequenceNumber.Parse("2"));
        var counted = new CountedUserRecords(ShardPosition.Open(first, new Dictionary<ulong, int> { [7] = 1 }));
        Assert.Equal(ShardPosition.Open(first, new Dictionary<ulong, int> { [7] = 1 }).Key, counted.ToPosition(isOpen: false).Key);

        counted.Add(first, 7);
        counted.Add(first, 8);
        var open = counted.ToPosition(isOpen: false);
        Assert.Equal((true, 2, 1), (open.IsOpen, open.Counted[7], open.Counted[8]));

        counted.Add(second, 7);
        Assert.Equal(second, counted.SequenceNumber);
        Assert.False(counted.ToPosition(isOpen: false).IsOpen);
        Assert.Equal(new Dictionary<ulong, int> { [7] = 1 }, counted.ToPosition(isOpen: true).Counted);
        Assert.Same(ShardPosition.Start, new CountedUserRecords(ShardPosition.Start).ToPosition(isOpen: true));
    }

    private static void Add(BatchSlice slice, StreamRecord record, bool isFirst)
    {
        foreach (ref readonly var user in Plan.Reader.Read(record.Data))
        {
            slice.Add(record, user, isFirst);
        }
    }
}
