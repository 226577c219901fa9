using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>Selects a page of topics.</summary>
public class ListTopicsRequest : AmazonWebServiceRequest
{
    /// <summary>The token of the previous page.</summary>
    public string? NextToken { get; set; }
}
