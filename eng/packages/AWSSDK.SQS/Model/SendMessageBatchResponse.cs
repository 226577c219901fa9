using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The results of the messages.</summary>
public class SendMessageBatchResponse : AmazonWebServiceResponse
{
    /// <summary>The sent messages.</summary>
    public List<SendMessageBatchResultEntry>? Successful { get; set; }

    /// <summary>The failed messages.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }
}
