using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A position in a shard.</summary>
public class GetShardIteratorResponse : AmazonWebServiceResponse
{
    /// <summary>The iterator.</summary>
    public string ShardIterator { get; set; } = null!;
}
