using System.Xml.Linq;
using Amazon.CloudFormation.Model;
using Amazon.Protocols;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Internal;

/// <summary>CloudFormation's operations with their requests and responses, https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference.</summary>
internal static class Operations
{
    private static readonly QueryProtocol Protocol = new("Amazon.CloudFormation", "2010-05-15", ToException);

    public static readonly InvokeOptions DescribeStacks = Protocol.Operation<DescribeStacksRequest, DescribeStacksResponse>(
        "DescribeStacks",
        static (query, request) =>
        {
            query.Text("StackName", request.StackName);
            query.Text("NextToken", request.NextToken);
        },
        static xml => new DescribeStacksResponse
        {
            Stacks = xml.Objects("Stacks", ReadStack)!,
            NextToken = xml.Text("NextToken"),
        });

    public static readonly InvokeOptions ListStackResources = Protocol.Operation<ListStackResourcesRequest, ListStackResourcesResponse>(
        "ListStackResources",
        static (query, request) =>
        {
            query.Text("StackName", request.StackName);
            query.Text("NextToken", request.NextToken);
        },
        static xml => new ListStackResourcesResponse
        {
            StackResourceSummaries = xml.Objects("StackResourceSummaries", static resource => new StackResourceSummary
            {
                LogicalResourceId = resource.Text("LogicalResourceId")!,
                PhysicalResourceId = resource.Text("PhysicalResourceId"),
                ResourceType = resource.Text("ResourceType")!,
                ResourceStatus = resource.Text("ResourceStatus")!,
                LastUpdatedTimestamp = resource.Time("LastUpdatedTimestamp"),
            })!,
            NextToken = xml.Text("NextToken"),
        });

    private static Stack ReadStack(XElement xml) => new()
    {
        StackName = xml.Text("StackName")!,
        StackId = xml.Text("StackId")!,
        StackStatus = xml.Text("StackStatus")!,
        StackStatusReason = xml.Text("StackStatusReason"),
        Description = xml.Text("Description"),
        CreationTime = xml.Time("CreationTime"),
        LastUpdatedTime = xml.Time("LastUpdatedTime"),
        Outputs = xml.Objects("Outputs", static output => new Output
        {
            OutputKey = output.Text("OutputKey")!,
            OutputValue = output.Text("OutputValue")!,
            Description = output.Text("Description"),
            ExportName = output.Text("ExportName"),
        }),
        Parameters = xml.Objects("Parameters", static parameter => new Parameter
        {
            ParameterKey = parameter.Text("ParameterKey")!,
            ParameterValue = parameter.Text("ParameterValue"),
        }),
    };

    private static AmazonCloudFormationException ToException(ErrorResponse e) =>
        new(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode);
}
