using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A queue to create.</summary>
public class CreateQueueRequest : AmazonWebServiceRequest
{
    /// <summary>Its name; that of a FIFO queue ends in <c>.fifo</c>.</summary>
    public string QueueName { get; set; } = null!;

    /// <summary>Its attributes, such as <c>VisibilityTimeout</c>.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    /// <summary>Its tags.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}
