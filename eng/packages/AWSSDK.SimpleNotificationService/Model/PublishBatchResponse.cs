using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The results of the messages.</summary>
public class PublishBatchResponse : AmazonWebServiceResponse
{
    /// <summary>The published messages.</summary>
    public List<PublishBatchResultEntry>? Successful { get; set; }

    /// <summary>The failed messages.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }
}
