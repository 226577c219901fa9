using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

/// <summary>The stack whose resources to list.</summary>
public class ListStackResourcesRequest : AmazonWebServiceRequest
{
    /// <summary>Its name or ARN.</summary>
    public string StackName { get; set; } = null!;

    /// <summary>The token of the previous page.</summary>
    public string? NextToken { get; set; }
}
