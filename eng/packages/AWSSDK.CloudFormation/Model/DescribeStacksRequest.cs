using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

/// <summary>Which stack, or which page.</summary>
public class DescribeStacksRequest : AmazonWebServiceRequest
{
    /// <summary>The stack's name or ARN; all stacks if not said.</summary>
    public string? StackName { get; set; }

    /// <summary>The token of the page before.</summary>
    public string? NextToken { get; set; }
}
