using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The results of the messages.</summary>
public class SendMessageBatchResponse : AmazonWebServiceResponse
{
    /// <summary>Those that are in the queue.</summary>
    public List<SendMessageBatchResultEntry>? Successful { get; set; }

    /// <summary>Those that are not.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }
}
