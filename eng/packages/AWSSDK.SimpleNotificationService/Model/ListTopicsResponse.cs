using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>A page of topics.</summary>
public class ListTopicsResponse : AmazonWebServiceResponse
{
    /// <summary>The topics.</summary>
    public List<Topic> Topics { get; set; } = null!;

    /// <summary>The token for the next page, if there is one.</summary>
    public string? NextToken { get; set; }
}
