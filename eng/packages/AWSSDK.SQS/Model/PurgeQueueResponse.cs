using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The queue is being emptied, within a minute.</summary>
public class PurgeQueueResponse : AmazonWebServiceResponse
{
}
