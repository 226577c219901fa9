using System.Text;
using Amazon.Lambda.KinesisEvents;
using Analytics.Cli.Run;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Tests.Run;

public sealed class ExpectedReplicaTests
{
    private static readonly byte[] Record = Encoding.UTF8.GetBytes("""{"event_type":"click"}""");

    [Fact]
    public void RecordWithoutACopyIsReported()
    {
        var replica = new ExpectedReplica(new EventReader(EventLimits.Default));
        replica.Add(new StreamRecord(
            new KinesisEvent.KinesisEventRecord { Kinesis = new KinesisEvent.Record { SequenceNumber = "17", PartitionKey = "u", Data = new MemoryStream(Record) } },
            "shardId-000000000000"));
        replica.Finish();

        Assert.Equal(0, replica.Replicated);
        Assert.StartsWith("1 records without a copy on the second stream, such as shardId-000000000000:17:", Assert.Single(replica.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public void RecordWithoutAnOriginIsNotACopy()
    {
        var replica = new ExpectedReplica(new EventReader(EventLimits.Default));
        replica.Found("shardId-000000000001", "3", Record);
        replica.Finish();

        Assert.Equal(["1 records on the second stream that are not copies, such as shardId-000000000001:3"], replica.Differences);
    }
}
