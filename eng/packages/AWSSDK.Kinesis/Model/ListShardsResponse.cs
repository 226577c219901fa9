using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A page of shards.</summary>
public class ListShardsResponse : AmazonWebServiceResponse
{
    /// <summary>The shards.</summary>
    public List<Shard> Shards { get; set; } = null!;

    /// <summary>The token for the next page, if there is one.</summary>
    public string? NextToken { get; set; }
}
