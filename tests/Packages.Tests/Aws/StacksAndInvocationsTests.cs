using System.Text;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace Analytics.Packages.Tests.Aws;

/// <summary>The HTTP requests to CloudFormation and Lambda, which the emulators do not offer.</summary>
public sealed class StacksAndInvocationsTests
{
    [Fact]
    public async Task AStacksOutputsAreRead()
    {
        using var server = new LocalServer(new Answer(200, """
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
              <StackName>analytics</StackName><StackId>arn:aws:cloudformation:eu-west-1:1:stack/analytics/x</StackId>
              <CreationTime>2026-01-02T03:04:05.678Z</CreationTime><StackStatus>UPDATE_COMPLETE</StackStatus><Capabilities/>
              <Parameters><member><ParameterKey>Shards</ParameterKey><ParameterValue>2</ParameterValue></member></Parameters>
              <Outputs><member><OutputKey>Stream</OutputKey><OutputValue>s &amp; t</OutputValue><Description>d</Description></member></Outputs>
            </member></Stacks></DescribeStacksResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeStacksResponse>
            """));
        using var stacks = Stacks(server);

        var response = await stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = "analytics" });

        var request = Assert.Single(server.Requests);
        Assert.Equal("Action=DescribeStacks&StackName=analytics&Version=2010-05-15", string.Join('&', request.Text.Split('&').Order()));
        Assert.Contains("/eu-west-1/cloudformation/aws4_request", request.Headers["Authorization"]);
        var stack = Assert.Single(response.Stacks);
        Assert.Equal(("analytics", StackStatus.UPDATE_COMPLETE), (stack.StackName, stack.StackStatus));
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), stack.CreationTime);
        Assert.Equal([("Stream", "s & t", "d")], stack.Outputs!.Select(output => (output.OutputKey, output.OutputValue, output.Description!)));
        Assert.Equal([("Shards", "2")], stack.Parameters!.Select(parameter => (parameter.ParameterKey, parameter.ParameterValue!)));
        Assert.Null(response.NextToken);
    }

    [Fact]
    public async Task AStacksResourcesAreListedPageByPage()
    {
        static Answer Page(string id, string token) => new(200, $"""
            <ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries><member>
              <LogicalResourceId>{id}</LogicalResourceId><PhysicalResourceId>p-{id}</PhysicalResourceId><ResourceType>AWS::Kinesis::Stream</ResourceType>
              <ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-01-02T03:04:05Z</LastUpdatedTimestamp>
            </member></StackResourceSummaries>{token}</ListStackResourcesResult></ListStackResourcesResponse>
            """);
        using var server = new LocalServer(Page("A", "<NextToken>t 1</NextToken>"), Page("B", ""));
        using var stacks = Stacks(server);
        var resources = new List<StackResourceSummary>();
        string? token = null;

        do
        {
            var page = await stacks.ListStackResourcesAsync(new ListStackResourcesRequest { StackName = "s", NextToken = token });
            resources.AddRange(page.StackResourceSummaries);
            token = page.NextToken;
        }
        while (token is not null);

        Assert.Equal([("A", "p-A"), ("B", "p-B")], resources.Select(resource => (resource.LogicalResourceId, resource.PhysicalResourceId!)));
        Assert.All(resources, resource => Assert.Equal(ResourceStatus.CREATE_COMPLETE, resource.ResourceStatus));
        Assert.Contains("NextToken=t%201", server.Requests.Last().Text);
    }

    [Fact]
    public async Task MissingStackIsReported()
    {
        using var server = new LocalServer(new Answer(400, """
            <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>ValidationError</Code>
            <Message>Stack with id nope does not exist</Message></Error><RequestId>r</RequestId></ErrorResponse>
            """));
        using var stacks = Stacks(server);

        var exception = await Assert.ThrowsAsync<AmazonCloudFormationException>(() => stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = "nope" }));

        Assert.Equal(("ValidationError", "Stack with id nope does not exist"), (exception.ErrorCode, exception.Message));
    }

    [Fact]
    public async Task FunctionReceivesThePayloadAndItsResponseIsReturned()
    {
        using var server = new LocalServer(new Answer(200, """{"batchItemFailures":[]}""", ("X-Amz-Executed-Version", "$LATEST"), ("X-Amz-Log-Result", "bG9n")));
        using var lambda = Lambda(server);

        var response = await lambda.InvokeAsync(new InvokeRequest
        {
            FunctionName = "arn:aws:lambda:eu-west-1:1:function:f",
            Qualifier = "live",
            InvocationType = InvocationType.RequestResponse,
            LogType = LogType.Tail,
            ClientContext = "e30=",
            Payload = """{"ü":1}""",
        });

        var request = Assert.Single(server.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Af/invocations?Qualifier=live", request.RawUrl);
        Assert.Equal(("RequestResponse", "Tail", "e30="), (request.Headers["X-Amz-Invocation-Type"], request.Headers["X-Amz-Log-Type"], request.Headers["X-Amz-Client-Context"]));
        Assert.Contains("/eu-west-1/lambda/aws4_request", request.Headers["Authorization"]);
        Assert.Equal("""{"ü":1}""", request.Text);
        Assert.Equal((200, "$LATEST", "bG9n", null), (response.StatusCode, response.ExecutedVersion, response.LogResult, response.FunctionError));
        Assert.Equal("""{"batchItemFailures":[]}""", Encoding.UTF8.GetString(response.Payload.ToArray()));
        Assert.Equal(0, response.Payload.Position);
    }

    [Fact]
    public async Task FunctionErrorIsNotAnException()
    {
        using var server = new LocalServer(new Answer(200, """{"errorMessage":"boom"}""", ("X-Amz-Function-Error", "Unhandled")));
        using var lambda = Lambda(server);

        var response = await lambda.InvokeAsync(new InvokeRequest { FunctionName = "f" });

        Assert.Equal("Unhandled", response.FunctionError);
        Assert.Equal("""{"errorMessage":"boom"}""", Encoding.UTF8.GetString(response.Payload.ToArray()));
        Assert.Equal("/2015-03-31/functions/f/invocations", Assert.Single(server.Requests).RawUrl);
    }

    [Fact]
    public async Task AFunctionsSettingsAndStateAreRead()
    {
        using var server = new LocalServer(new Answer(
            200, """{"FunctionName":"f","MemorySize":256,"Timeout":30,"State":"Active","LastUpdateStatus":"InProgress","Environment":{"Variables":{"TABLE":"t"}}}"""));
        using var lambda = Lambda(server);

        var settings = await lambda.GetFunctionConfigurationAsync(new GetFunctionConfigurationRequest { FunctionName = "f", Qualifier = "live" });

        var request = Assert.Single(server.Requests);
        Assert.Equal(("GET", "/2015-03-31/functions/f/configuration?Qualifier=live"), (request.Method, request.RawUrl));
        Assert.Equal(("f", 256, 30), (settings.FunctionName, settings.MemorySize, settings.Timeout));
        Assert.Equal((State.Active, LastUpdateStatus.InProgress), (settings.State, settings.LastUpdateStatus));
        Assert.Equal("t", settings.Environment!.Variables!["TABLE"]);
    }

    [Fact]
    public async Task AsynchronousInvocationReturnsWithoutAResult()
    {
        using var server = new LocalServer(new Answer(202, ""));
        using var lambda = Lambda(server);

        var response = await lambda.InvokeAsync(new InvokeRequest { FunctionName = "f", InvocationType = InvocationType.Event, PayloadStream = new MemoryStream([123, 125]) });

        Assert.Equal(202, response.StatusCode);
        Assert.Equal(0, response.Payload.Length);
        Assert.Equal("{}", Assert.Single(server.Requests).Text);
    }

    [Fact]
    public async Task AMissingFunctionIsAnExceptionAndAThrottledOneIsTriedAgain()
    {
        using var server = new LocalServer(
            new Answer(429, """{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}""", ("x-amzn-ErrorType", "TooManyRequestsException")),
            new Answer(404, """{"Type":"User","Message":"Function not found: f"}""", ("x-amzn-ErrorType", "ResourceNotFoundException:http://internal")));
        using var lambda = Lambda(server);

        var exception = await Assert.ThrowsAsync<ResourceNotFoundException>(() => lambda.InvokeAsync(new InvokeRequest { FunctionName = "f" }));

        Assert.Equal("Function not found: f", exception.Message);
        Assert.Equal(2, server.Requests.Count);
    }

    private static AmazonCloudFormationClient Stacks(LocalServer server) => new(
        Emulators.Credentials, new AmazonCloudFormationConfig { ServiceURL = server.Url, AuthenticationRegion = "eu-west-1" });

    private static AmazonLambdaClient Lambda(LocalServer server) => new(
        Emulators.Credentials, new AmazonLambdaConfig { ServiceURL = server.Url, AuthenticationRegion = "eu-west-1" });
}
