using System.Text;
using Analytics.Cli.Checking;
using Analytics.Events;

namespace Analytics.Cli.Tests.Checking;

public sealed class ExpectedReplicaTests
{
    private static readonly byte[] Record = Encoding.UTF8.GetBytes("""{"event_type":"click"}""");

    [Fact]
    public void ARecordWithoutACopyIsNamed()
    {
        var replica = new ExpectedReplica(new EventReader(EventLimits.Default));
        replica.Add("shardId-000000000000", "17", Record);
        replica.Finish();

        Assert.Equal(0, replica.Replicated);
        Assert.Equal(["1 records without a copy on the second stream, such as shardId-000000000000:17"], replica.Differences);
    }

    [Fact]
    public void ARecordThatDoesNotSayWhereItCameFromIsNoCopy()
    {
        var replica = new ExpectedReplica(new EventReader(EventLimits.Default));
        replica.Found("shardId-000000000001", "3", Record);
        replica.Finish();

        Assert.Equal(["1 records on the second stream that are no copy, such as shardId-000000000001:3"], replica.Differences);
    }
}
