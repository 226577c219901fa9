using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

/// <summary>A page of stacks.</summary>
public class DescribeStacksResponse : AmazonWebServiceResponse
{
    /// <summary>The stacks.</summary>
    public List<Stack> Stacks { get; set; } = null!;

    /// <summary>The token for the next page, if there is one.</summary>
    public string? NextToken { get; set; }
}
