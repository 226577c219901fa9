using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Records, and the next shard iterator.</summary>
public class GetRecordsResponse : AmazonWebServiceResponse
{
    /// <summary>The records, in order; may be empty before the end of the shard.</summary>
    public List<Record> Records { get; set; } = null!;

    /// <summary>The next shard iterator; null at the end of a closed shard.</summary>
    public string? NextShardIterator { get; set; }

    /// <summary>The distance from the newest record, in milliseconds.</summary>
    public long? MillisBehindLatest { get; set; }

    /// <summary>At the end of a closed shard, its child shards.</summary>
    public List<ChildShard>? ChildShards { get; set; }
}
