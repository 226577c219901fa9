using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Attributes of a queue.</summary>
public class GetQueueAttributesResponse : AmazonWebServiceResponse
{
    /// <summary>Their values by name.</summary>
    public Dictionary<string, string>? Attributes { get; set; }
}
