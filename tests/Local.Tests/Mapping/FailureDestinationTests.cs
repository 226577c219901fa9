using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Amazon.SQS.Model;
using Analytics.Local.Mapping;
using Analytics.Local.Services;
using Analytics.Local.Tests.Services;

namespace Analytics.Local.Tests.Mapping;

/// <summary>The responses of services that reject a failure record.</summary>
[Collection(EmulatorTests.Name)]
public sealed class FailureDestinationTests(EmulatorFixture services)
{
    private readonly string _name = $"destination-{Guid.NewGuid():N}";

    private static FailureRecord Failure => new()
    {
        RequestId = "c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5",
        FunctionArn = Some.Configuration.FunctionArn,
        Condition = FailureRecord.RetryAttemptsExhausted,
        ApproximateInvokeCount = 1,
        Timestamp = Some.Time,
        KinesisBatchInfo = new KinesisBatchInfo { ShardId = Some.ShardId, Range = new BatchRange("1", "2", Some.Time, Some.Time, 2), StreamArn = Some.Configuration.StreamArn },
    };

    [Fact]
    public async Task DeletedQueueRejects()
    {
        using var sqs = services.Endpoints.CreateSqs();
        var url = (await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = _name })).QueueUrl;
        var destination = await OpenAsync($"arn:aws:sqs:us-east-1:000000000000:{_name}");
        await destination.SendAsync(Failure, default, CancellationToken.None);
        await DeleteQueueAsync(url);

        await AssertRefusedAsync(destination);
    }

    [Fact]
    public async Task QueueRejectsARecordLargerThanItsMessageLimit()
    {
        using var sqs = services.Endpoints.CreateSqs();
        await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = _name, Attributes = new() { ["MaximumMessageSize"] = "1024" } });
        var destination = await OpenAsync($"arn:aws:sqs:us-east-1:000000000000:{_name}");

        await AssertRefusedAsync(destination, Failure with { FunctionArn = Failure.FunctionArn + new string('x', 1024) });
    }

    [Theory]
    [InlineData("arn:aws:sns:us-east-1:000000000000:nowhere")]
    [InlineData("arn:aws:s3:::nowhere-at-all")]
    public async Task MissingTopicOrBucketRejects(string arn) => await AssertRefusedAsync(Find(arn, services.Endpoints));

    [Theory]
    [InlineData("arn:aws:sns:us-east-1:000000000000:topic")]
    [InlineData("arn:aws:s3:::bucket-of-files")]
    public async Task UnreachableServiceIsNotARejection(string arn)
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var uri = new Uri($"http://{closed.LocalEndpoint}");
        closed.Stop();
        var endpoints = new ServiceEndpoints(AwsServices.All.ToDictionary(service => service, _ => uri), services.Endpoints.Region, services.Endpoints.Credentials);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => Find(arn, endpoints).SendAsync(Failure, "{}"u8.ToArray(), CancellationToken.None));

        Assert.False(FailureRefusal.IsRefusal(error), $"{error}");
    }

    private static async Task AssertRefusedAsync(IFailureDestination destination, FailureRecord? failure = null)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => destination.SendAsync(failure ?? Failure, "{}"u8.ToArray(), CancellationToken.None));

        Assert.True(FailureRefusal.IsRefusal(error), $"{error}");
    }

    private static IFailureDestination Find(string arn, ServiceEndpoints endpoints) =>
        new FailureDestinations(endpoints.CreateSqs(), endpoints.CreateSns(), endpoints.CreateS3(), TimeProvider.System)
            .For(Some.Configuration with { OnFailureDestinationArn = arn })!;

    private async Task<IFailureDestination> OpenAsync(string arn)
    {
        var destination = Find(arn, services.Endpoints);
        await destination.CheckAsync(CancellationToken.None);
        return destination;
    }

    private async Task DeleteQueueAsync(string url)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, services.Endpoints[AwsService.Sqs])
        {
            Content = new StringContent($$"""{"QueueUrl":"{{url}}"}""", Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.0")),
        };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.DeleteQueue");
        (await client.SendAsync(request)).EnsureSuccessStatusCode();
    }
}
