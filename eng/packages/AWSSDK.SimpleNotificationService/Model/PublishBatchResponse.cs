using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The results of the messages.</summary>
public class PublishBatchResponse : AmazonWebServiceResponse
{
    /// <summary>Those that are published.</summary>
    public List<PublishBatchResultEntry>? Successful { get; set; }

    /// <summary>Those that are not.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }
}
