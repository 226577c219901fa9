using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The shards are being merged.</summary>
public class MergeShardsResponse : AmazonWebServiceResponse
{
}
