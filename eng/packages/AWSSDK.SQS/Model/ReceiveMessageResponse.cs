using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Messages.</summary>
public class ReceiveMessageResponse : AmazonWebServiceResponse
{
    /// <summary>The messages; null or empty if there are none.</summary>
    public List<Message>? Messages { get; set; }
}
