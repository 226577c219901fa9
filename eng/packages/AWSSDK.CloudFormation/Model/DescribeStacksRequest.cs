using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

/// <summary>Selects a stack or a page of stacks.</summary>
public class DescribeStacksRequest : AmazonWebServiceRequest
{
    /// <summary>The stack's name or ARN; all stacks by default.</summary>
    public string? StackName { get; set; }

    /// <summary>The token of the previous page.</summary>
    public string? NextToken { get; set; }
}
