using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>Which page of topics.</summary>
public class ListTopicsRequest : AmazonWebServiceRequest
{
    /// <summary>The token of the page before.</summary>
    public string? NextToken { get; set; }
}
