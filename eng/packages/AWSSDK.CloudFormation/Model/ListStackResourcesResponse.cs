using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

/// <summary>A page of resources.</summary>
public class ListStackResourcesResponse : AmazonWebServiceResponse
{
    /// <summary>The resources.</summary>
    public List<StackResourceSummary> StackResourceSummaries { get; set; } = null!;

    /// <summary>The token for the next page, if there is one.</summary>
    public string? NextToken { get; set; }
}
