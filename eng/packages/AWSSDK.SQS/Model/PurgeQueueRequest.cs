using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A queue to empty.</summary>
public class PurgeQueueRequest : AmazonWebServiceRequest
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;
}
