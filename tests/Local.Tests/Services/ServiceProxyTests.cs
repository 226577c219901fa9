using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.Runtime;
using Analytics.Local.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Analytics.Local.Tests.Services;

public sealed class ServiceProxyTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _received = new();
    private readonly HttpClient _client = new();
    private WebApplication _service = null!;
    private string _reply = "reply";
    private ServiceEndpoints _endpoints = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _service = builder.Build();
        _service.Run(AnswerAsync);
        await _service.StartAsync();
        var address = new Uri(_service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _endpoints = new ServiceEndpoints(
            AwsServices.All.ToDictionary(service => service, _ => address), "us-east-1", new BasicAWSCredentials("a", "b"));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        _received.Enqueue($"{context.Request.Method} {context.Request.Path.Value}{context.Request.QueryString} {body}");
        context.Response.StatusCode = 206;
        context.Response.ContentType = "text/x";
        context.Response.Headers["x-amz-thing"] = "kept";
        await context.Response.WriteAsync(_reply);
    }

    private Task<ServiceProxy> ProxyAsync(IServiceFaults? faults = null) =>
        ServiceProxy.StartAsync("Reader", _endpoints, faults, CancellationToken.None);

    private static HttpRequestMessage Request(ServiceProxy proxy, string method, string target, string service, string? operation = null, string? form = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(proxy.Address, target));
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=local/20250101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=x");
        if (operation is not null)
        {
            request.Headers.Add("X-Amz-Target", operation);
        }

        if (form is not null)
        {
            request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        return request;
    }

    /// <summary>Kestrel checks for idle connections every second. Clients that reuse a connection while it is closed see a failed call.</summary>
    [Fact]
    public async Task AnIdleConnectionIsNotClosed()
    {
        await using var proxy = await ProxyAsync();
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, proxy.Address.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(
            "GET /bucket/key HTTP/1.1\r\nHost: x\r\nAuthorization: AWS4-HMAC-SHA256 Credential=local/20250101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x\r\n\r\n"u8.ToArray());
        var received = new StringBuilder();
        var buffer = new byte[1024];
        while (!received.ToString().EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer);
            Assert.NotEqual(0, read);
            received.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        using var severalChecks = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => Assert.Equal(0, await stream.ReadAsync(buffer, severalChecks.Token)));
    }

    [Fact]
    public async Task EachCallIsRoundedUpToKilobytes()
    {
        await using var proxy = await ProxyAsync();
        foreach (var length in (int[])[1, 1_024, 1_025])
        {
            using var request = Request(proxy, "POST", "/", "dynamodb", "DynamoDB_20120810.UpdateItem");
            request.Content = new ByteArrayContent(new byte[length]);
            using var reply = await _client.SendAsync(request);
        }

        Assert.Equal([KeyValuePair.Create("dynamodb:UpdateItem", 4L)], proxy.SentKilobytes);
    }

    [Fact]
    public async Task ConsumedCapacityOfDynamoDbIsRequestedAndAddedUp()
    {
        await using var proxy = await ProxyAsync();
        foreach (var reply in (string[])[
            """{"ConsumedCapacity":{"CapacityUnits":5.5,"TableName":"CapacityUnits","Table":{"CapacityUnits":7}},"Items":[{"CapacityUnits":{"N":"9"}}]}""",
            """{"ConsumedCapacity":[{"TableName":"a","CapacityUnits":2},{"CapacityUnits":3}]}""",
            """{"Items":[]}""",
            "no JSON"])
        {
            _reply = reply;
            using var request = Request(proxy, "POST", "/", "dynamodb", "DynamoDB_20120810.Query");
            request.Content = new StringContent("""{"TableName":"a"}""");
            using var answer = await _client.SendAsync(request);
            Assert.Equal(reply, await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal([KeyValuePair.Create("dynamodb:Query", 10.5m)], proxy.CapacityUnits);
        Assert.All(_received, one => Assert.EndsWith("""{"ReturnConsumedCapacity":"TOTAL","TableName":"a"}""", one, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", """{"ReturnConsumedCapacity":"TOTAL"}""")]
    [InlineData(" { } ", """{"ReturnConsumedCapacity":"TOTAL" } """)]
    [InlineData("""{"ReturnConsumedCapacity":"NONE"}""", """{"ReturnConsumedCapacity":"NONE"}""")]
    [InlineData("", "")]
    [InlineData("[1]", "[1]")]
    public void ConsumedCapacityIsRequestedOnce(string body, string sent) =>
        Assert.Equal(sent, Encoding.UTF8.GetString(ConsumedCapacity.Ask(Encoding.UTF8.GetBytes(body))));

    [Theory]
    [InlineData("POST", "/", "dynamodb", "DynamoDB_20120810.UpdateItem", null, "dynamodb:UpdateItem")]
    [InlineData("POST", "/", "kinesis", "Kinesis_20131202.PutRecords", null, "kinesis:PutRecords")]
    [InlineData("POST", "/", "sqs", "AmazonSQS.SendMessage", null, "sqs:SendMessage")]
    [InlineData("POST", "/", "sns", null, "Version=2010-03-31&Action=PublishBatch&TopicArn=x", "sns:PublishBatch")]
    [InlineData("PUT", "/bucket/a/b.gz", "s3", null, null, "s3:PutObject")]
    [InlineData("PUT", "/bucket/a?partNumber=1&uploadId=x", "s3", null, null, "s3:UploadPart")]
    [InlineData("POST", "/bucket/a?uploads", "s3", null, null, "s3:CreateMultipartUpload")]
    [InlineData("GET", "/bucket?list-type=2&prefix=a%2Fb", "s3", null, null, "s3:ListObjectsV2")]
    [InlineData("GET", "/bucket/year%3D2025/a%20b", "s3", null, null, "s3:GetObject")]
    [InlineData("DELETE", "/bucket/a", "s3", null, null, "s3:DeleteObject")]
    [InlineData("POST", "/", "dynamodb", "DynamoDB_20120810.Update/../Item", null, "dynamodb:Unknown")]
    public async Task ACallIsPassedOnAndCountedByItsAction(
        string method, string target, string service, string? operation, string? form, string action)
    {
        await using var proxy = await ProxyAsync();

        using var reply = await _client.SendAsync(Request(proxy, method, target, service, operation, form));

        Assert.Equal("reply", await reply.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
        Assert.Equal("text/x", reply.Content.Headers.ContentType!.ToString());
        Assert.Equal("kept", Assert.Single(reply.Headers.GetValues("x-amz-thing")));
        Assert.Equal($"{method} {Uri.UnescapeDataString(target.Split('?')[0])}{new Uri(proxy.Address, target).Query} {form}", Assert.Single(_received));
        Assert.Equal([new(action, 1)], proxy.Calls);
    }

    [Fact]
    public async Task LargeBodyIsForwardedWhole()
    {
        await using var proxy = await ProxyAsync();
        using var request = Request(proxy, "PUT", "/bucket/large", "s3");
        var body = new string('x', 40 * 1024 * 1024);
        request.Content = new StringContent(body);

        using var reply = await _client.SendAsync(request);

        Assert.Equal($"PUT /bucket/large {body}", Assert.Single(_received));
    }

    [Fact]
    public async Task ACallToAnotherServiceIsRejectedWithAReason()
    {
        await using var proxy = await ProxyAsync();

        using var reply = await _client.SendAsync(Request(proxy, "POST", "/", "athena", "AmazonAthena.StartQueryExecution"));

        Assert.Equal(HttpStatusCode.NotImplemented, reply.StatusCode);
        Assert.Contains("AWS_ENDPOINT_URL_", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_received);
    }

    [Theory]
    [InlineData("dynamodb", 400, "ProvisionedThroughputExceededException")]
    [InlineData("s3", 503, "SlowDown")]
    [InlineData("sns", 400, "Throttled")]
    public async Task AThrottledCallIsAnsweredInTheServicesWordsAndNotExecuted(string service, int status, string code)
    {
        await using var proxy = await ProxyAsync(new SameFault(new ServiceFault(ServiceFaultKind.Throttle)));

        using var reply = await _client.SendAsync(Request(proxy, "PUT", "/a/b", service));

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Contains(code, await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_received);
        Assert.Equal(1, proxy.Calls.Values.Sum());
    }

    [Fact]
    public async Task AFailedCallIsNotExecuted()
    {
        await using var proxy = await ProxyAsync(new SameFault(new ServiceFault(ServiceFaultKind.ServerError)));

        using var reply = await _client.SendAsync(Request(proxy, "PUT", "/a/b", "s3"));

        Assert.Equal(HttpStatusCode.InternalServerError, reply.StatusCode);
        Assert.Empty(_received);
    }

    [Theory]
    [InlineData(ServiceFaultKind.DropReply, 1)]
    [InlineData(ServiceFaultKind.Refuse, 0)]
    public async Task AConnectionThatEndsLeavesTheCallExecutedOrNot(ServiceFaultKind kind, int executed)
    {
        await using var proxy = await ProxyAsync(new SameFault(new ServiceFault(kind)));

        // A POST is not retried by the client itself.
        await Assert.ThrowsAsync<HttpRequestException>(
            () => _client.SendAsync(Request(proxy, "POST", "/", "dynamodb", "DynamoDB_20120810.PutItem")));

        Assert.Equal(executed, _received.Count);
    }

    [Fact]
    public async Task AFaultIsDecidedByFunctionServiceAndOperation()
    {
        var faults = new SameFault(default);
        await using var proxy = await ProxyAsync(faults);

        using var reply = await _client.SendAsync(Request(proxy, "POST", "/", "dynamodb", "DynamoDB_20120810.PutItem"));

        Assert.Equal([new ServiceCall("Reader", AwsService.DynamoDB, "PutItem")], faults.Calls);
    }

    [Fact]
    public async Task StoppedServiceClosesTheConnection()
    {
        await using var proxy = await ProxyAsync();
        await _service.StopAsync();

        await Assert.ThrowsAsync<HttpRequestException>(
            () => _client.SendAsync(Request(proxy, "POST", "/", "dynamodb", "DynamoDB_20120810.PutItem")));
    }

    private sealed class SameFault(ServiceFault fault) : IServiceFaults
    {
        public ConcurrentQueue<ServiceCall> Calls { get; } = new();

        public ServiceFault Decide(in ServiceCall call)
        {
            Calls.Enqueue(call);
            return fault;
        }
    }
}
