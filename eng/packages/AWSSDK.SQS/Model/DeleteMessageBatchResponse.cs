using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The results of the messages.</summary>
public class DeleteMessageBatchResponse : AmazonWebServiceResponse
{
    /// <summary>The deleted messages.</summary>
    public List<DeleteMessageBatchResultEntry>? Successful { get; set; }

    /// <summary>The failed messages.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }
}
