using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Records, and where to go on.</summary>
public class GetRecordsResponse : AmazonWebServiceResponse
{
    /// <summary>The records, in their order; there may be none although more are to come.</summary>
    public List<Record> Records { get; set; } = null!;

    /// <summary>Where to go on; null at the end of a closed shard.</summary>
    public string? NextShardIterator { get; set; }

    /// <summary>How far behind the newest record this is, in milliseconds.</summary>
    public long? MillisBehindLatest { get; set; }

    /// <summary>At the end of a closed shard, those that go on where it ended.</summary>
    public List<ChildShard>? ChildShards { get; set; }
}
