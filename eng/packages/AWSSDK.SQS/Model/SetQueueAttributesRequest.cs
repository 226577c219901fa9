using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Attributes to set.</summary>
public class SetQueueAttributesRequest : AmazonWebServiceRequest
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;

    /// <summary>Their values by name.</summary>
    public Dictionary<string, string> Attributes { get; set; } = null!;
}
