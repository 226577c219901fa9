using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The results of the messages.</summary>
public class DeleteMessageBatchResponse : AmazonWebServiceResponse
{
    /// <summary>Those that are deleted.</summary>
    public List<DeleteMessageBatchResultEntry>? Successful { get; set; }

    /// <summary>Those that are not.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }
}
