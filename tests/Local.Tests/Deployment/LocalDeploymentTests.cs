using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.Kinesis.Model;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS.Model;
using Analytics.Local.Deployment;
using Analytics.Local.Services;
using Analytics.Local.Tests.Services;

namespace Analytics.Local.Tests.Deployment;

public sealed class LocalDeploymentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("analytics-deployment").FullName;
    private readonly ConcurrentQueue<string> _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private LocalDeploymentOptions Options => new()
    {
        TemplateFile = Path.Combine(AppContext.BaseDirectory, "Deployment", "template.yaml"),
        WorkFolder = Path.Combine(_folder, "work"),
        StackName = "demo",
        Log = _log.Enqueue,
        Variable = _ => null,
    };

    private static async Task PutAsync(LocalDeployment deployment, params string[] records)
    {
        using var kinesis = deployment.Endpoints.CreateKinesis();
        var reply = await kinesis.PutRecordsAsync(new PutRecordsRequest
        {
            StreamName = deployment.Resources["Events"].PhysicalId,
            Records =
            [
                .. records.Select(record => new PutRecordsRequestEntry { PartitionKey = record, Data = new MemoryStream(Encoding.UTF8.GetBytes(record)) }),
            ],
        });
        Assert.Equal(0, reply.FailedRecordCount);
    }

    private static async Task<IEnumerable<string>> ItemsAsync(LocalDeployment deployment)
    {
        using var dynamoDb = deployment.Endpoints.CreateDynamoDB();
        var reply = await dynamoDb.ScanAsync(new ScanRequest { TableName = deployment.Resources.Outputs["TableName"] });
        return reply.Items.Select(item => item["pk"].S).Order(StringComparer.Ordinal);
    }

    /// <returns>The status of a dry-run invocation of the function at that address; null without a response.</returns>
    private static async Task<HttpStatusCode?> DryRunAsync(Uri lambda)
    {
        using var client = new HttpClient { BaseAddress = lambda };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/2015-03-31/functions/demo-Writer/invocations");
        request.Headers.Add("X-Amz-Invocation-Type", "DryRun");
        try
        {
            using var reply = await client.SendAsync(request);
            return reply.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<List<string>> MessagesAsync(LocalDeployment deployment, string queue)
    {
        using var sqs = deployment.Endpoints.CreateSqs();
        var reply = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = deployment.Resources[queue].PhysicalId, MaxNumberOfMessages = 10, WaitTimeSeconds = 10 });
        return [.. (reply.Messages ?? []).Select(message => message.Body)];
    }

    [Fact]
    public async Task RecordsPutRightAfterTheStartAreProcessedAndFailuresReachTheQueue()
    {
        await using var deployment = await LocalDeployment.StartAsync(Options, CancellationToken.None);

        await PutAsync(deployment, "a", "b", "bad", "c");
        await deployment.DrainAsync(CancellationToken.None);

        Assert.Equal(["a", "b", "c"], await ItemsAsync(deployment));
        var function = Assert.Single(deployment.Functions);
        Assert.Equal(("Writer", "demo-Writer", 3), (function.LogicalId, function.Name, function.Records));
        Assert.True(function.Errors >= 1 && function.Invocations > function.Errors, $"{function}");
        Assert.True(function.AwsCalls["dynamodb:PutItem"] >= 3, $"{function}");
        Assert.Equal("dynamodb:PutItem", Assert.Single(function.AwsCalls.Keys));
        Assert.Contains("REPORT", await File.ReadAllTextAsync(function.LogFile), StringComparison.Ordinal);
        using var failure = JsonDocument.Parse(Assert.Single(await MessagesAsync(deployment, "Failures")));
        Assert.Equal(1, failure.RootElement.GetProperty("KinesisBatchInfo").GetProperty("batchSize").GetInt32());
        Assert.Equal(
            deployment.Resources["Events"].Attributes["Arn"],
            failure.RootElement.GetProperty("KinesisBatchInfo").GetProperty("streamArn").GetString());
    }

    [Fact]
    public async Task ATopicSendsToItsQueueAndAFunctionCanBeInvoked()
    {
        await using var deployment = await LocalDeployment.StartAsync(Options, CancellationToken.None);
        using var sns = deployment.Endpoints.CreateSns();
        using var s3 = deployment.Endpoints.CreateS3();

        await sns.PublishAsync(new PublishRequest { TopicArn = deployment.Resources["Alerts"].PhysicalId, Message = "hello" });
        var byId = await deployment.InvokeAsync("Writer", "{}"u8.ToArray(), CancellationToken.None);
        var byName = await deployment.InvokeAsync("demo-Writer", "{}"u8.ToArray(), CancellationToken.None);
        var unknown = await Assert.ThrowsAsync<LocalDeploymentException>(
            () => deployment.InvokeAsync("Reader", "{}"u8.ToArray(), CancellationToken.None));

        Assert.Equal(["hello"], await MessagesAsync(deployment, "Inbox"));
        Assert.Equal("{\"batchItemFailures\":[]}", Encoding.UTF8.GetString(byId.Payload.Span));
        Assert.Null(byName.FunctionError);
        Assert.Equal("there is no function Reader; the functions are Writer", unknown.Message);
        Assert.Equal("demo-files", deployment.Resources["Files"].PhysicalId);
        Assert.Contains((await s3.ListBucketsAsync()).Buckets, bucket => bucket.BucketName == "demo-files");
        Assert.Contains("no effect here: VersioningConfiguration", _log);
        Assert.Contains("Items: items do not expire here", _log);
    }

    [Fact]
    public async Task ADataFolderKeepsStreamTablesAndTheMappingsPlace()
    {
        var options = Options with { DataFolder = Path.Combine(_folder, "data"), Parameters = new Dictionary<string, string> { ["Position"] = "TRIM_HORIZON" } };
        await using (var first = await LocalDeployment.StartAsync(options, CancellationToken.None))
        {
            await PutAsync(first, "a", "b");
            await first.DrainAsync(CancellationToken.None);
        }

        await using var second = await LocalDeployment.StartAsync(options, CancellationToken.None);
        await PutAsync(second, "c");
        await second.DrainAsync(CancellationToken.None);

        Assert.Equal(["a", "b", "c"], await ItemsAsync(second));
        Assert.Equal(1, Assert.Single(second.Functions).Records);
    }

    [Fact]
    public async Task DisposedDeploymentLeavesNoProcess()
    {
        var deployment = await LocalDeployment.StartAsync(Options, CancellationToken.None);
        var lambda = deployment.LambdaEndpoint;
        using var services = Process.GetProcessById(deployment.ServicesProcessId!.Value);
        Assert.Equal(HttpStatusCode.NoContent, await DryRunAsync(lambda));

        await deployment.DisposeAsync();
        await deployment.DisposeAsync();

        Assert.True(services.HasExited);
        Assert.NotEqual(HttpStatusCode.NoContent, await DryRunAsync(lambda));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Options.WorkFolder, "tmp")));
    }

    [Fact]
    public async Task CanceledStartCleansUp()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LocalDeployment.StartAsync(Options, cancel.Token));

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Options.WorkFolder, "tmp")));
    }

    [Fact]
    public async Task ServicesThatEndByThemselvesAreAFault()
    {
        await using var deployment = await LocalDeployment.StartAsync(Options, CancellationToken.None);
        Assert.False(deployment.Fault.IsCompleted);
        using (var services = Process.GetProcessById(deployment.ServicesProcessId!.Value))
        {
            services.Kill();
        }

        var error = await Assert.ThrowsAsync<LocalDeploymentException>(() => deployment.Fault);

        Assert.StartsWith("the local services ended unexpectedly: ", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LocalDeploymentException>(() => deployment.DrainAsync(CancellationToken.None));
    }

    [Fact]
    public async Task OtherServicesAreUsedWhereTheStandardVariablesNameThem()
    {
        await using var services = await EmulatorProcess.StartAsync(EmulatorFixture.Folder, "us-east-1", null, _ => { }, CancellationToken.None);
        var ports = services.Ports;
        await using var deployment = await LocalDeployment.StartAsync(
            Options with
            {
                Variable = name => name switch
                {
                    "AWS_ENDPOINT_URL" => $"http://127.0.0.1:{ports.S3}",
                    "AWS_ENDPOINT_URL_KINESIS" => $"http://127.0.0.1:{ports.Kinesis}/",
                    "AWS_ENDPOINT_URL_DYNAMODB" => $"http://127.0.0.1:{ports.DynamoDb}",
                    _ => null,
                },
            },
            CancellationToken.None);

        await PutAsync(deployment, "a");
        await deployment.DrainAsync(CancellationToken.None);

        Assert.Null(deployment.ServicesProcessId);
        Assert.Equal(["a"], await ItemsAsync(deployment));
    }

    [Fact]
    public async Task APortInUseIsOneLine()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var error = await Assert.ThrowsAsync<LocalDeploymentException>(
            () => LocalDeployment.StartAsync(Options with { LambdaPort = port }, CancellationToken.None));

        Assert.Contains($"{port}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task AMissingTemplateIsOneLine()
    {
        var error = await Assert.ThrowsAnyAsync<LocalDeploymentException>(
            () => LocalDeployment.StartAsync(Options with { TemplateFile = "absent.yaml" }, CancellationToken.None));

        Assert.StartsWith("absent.yaml: cannot read the template: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameStreamTwiceOnOneFunctionIsRejectedBeforeAnythingIsStarted()
    {
        var template = Path.Combine(_folder, "twice.yaml");
        var text = await File.ReadAllTextAsync(Options.TemplateFile);
        const string again = """
              Again:
                Type: AWS::Lambda::EventSourceMapping
                Properties: {FunctionName: !GetAtt Writer.Arn, EventSourceArn: !GetAtt Events.Arn, StartingPosition: LATEST, Enabled: false}
            Outputs:
            """;
        await File.WriteAllTextAsync(template, text.Replace("Outputs:", again, StringComparison.Ordinal));

        var error = await Assert.ThrowsAnyAsync<LocalDeploymentException>(
            () => LocalDeployment.StartAsync(Options with { TemplateFile = template }, CancellationToken.None));

        Assert.Matches(
            @"^.*twice\.yaml:\d+: Again: ResourceConflictException: The event source arn \("" arn:aws:kinesis:us-east-1:000000000000:stream/demo-Events ""\) and function \("" demo-Writer ""\) "
                + @"provided mapping already exists\. Please update or delete the existing mapping with UUID [0-9a-f-]{36} \(WriterRead\)$",
            error.Message);
        Assert.False(Directory.Exists(Path.Combine(Options.WorkFolder, "tmp")));
    }

    [Fact]
    public async Task DeletedStreamStopsOnlyItsMapping()
    {
        await using var deployment = await LocalDeployment.StartAsync(Options, CancellationToken.None);
        using var kinesis = deployment.Endpoints.CreateKinesis();
        await PutAsync(deployment, "a");
        await deployment.DrainAsync(CancellationToken.None);

        await kinesis.DeleteStreamAsync(new DeleteStreamRequest { StreamName = deployment.Resources["Events"].PhysicalId });
        await deployment.DrainAsync(CancellationToken.None);

        Assert.Null((await deployment.InvokeAsync("Writer", "{}"u8.ToArray(), CancellationToken.None)).FunctionError);
        Assert.False(deployment.Fault.IsCompleted);
        Assert.Single(_log, line => line.Contains("has stopped; other mappings continue.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RecordsWithARejectedFailureRecordAreCountedAsDropped()
    {
        await using var deployment = await LocalDeployment.StartAsync(Options, CancellationToken.None);
        using (var client = new HttpClient())
        using (var request = new HttpRequestMessage(HttpMethod.Post, deployment.Endpoints[AwsService.Sqs]))
        {
            request.Headers.Add("X-Amz-Target", "AmazonSQS.DeleteQueue");
            request.Content = new StringContent($$"""{"QueueUrl":"{{deployment.Resources["Failures"].PhysicalId}}"}""", new MediaTypeHeaderValue("application/x-amz-json-1.0"));
            (await client.SendAsync(request)).EnsureSuccessStatusCode();
        }

        await PutAsync(deployment, "a", "bad", "c");
        await deployment.DrainAsync(CancellationToken.None);

        Assert.Equal(["a", "c"], await ItemsAsync(deployment));
        var function = Assert.Single(deployment.Functions);
        Assert.Equal((1, 1), (function.DroppedRecords, function.RefusedFailureRecords));
        Assert.Contains(deployment.ReadMetrics(), metric => metric is { Namespace: "AWS/Lambda", Name: "DestinationDeliveryFailures", Sum: 1 });
        Assert.Contains(deployment.ReadMetrics(), metric => metric is { Namespace: "AWS/Lambda", Name: "DroppedEventCount", Sum: 1 });
    }

    [Fact]
    public async Task AFunctionsCallsCanBeMadeToFail()
    {
        var faults = new EveryCallFails();
        await using var deployment = await LocalDeployment.StartAsync(Options with { Faults = faults }, CancellationToken.None);

        await PutAsync(deployment, "a");
        await deployment.DrainAsync(CancellationToken.None);

        Assert.Equal([new ServiceCall("Writer", AwsService.DynamoDB, "PutItem")], faults.Calls);
        Assert.Single(await MessagesAsync(deployment, "Failures"));
    }

    private sealed class EveryCallFails : IServiceFaults
    {
        public ConcurrentQueue<ServiceCall> Calls { get; } = new();

        public ServiceFault Decide(in ServiceCall call)
        {
            Calls.Enqueue(call);
            return new ServiceFault(ServiceFaultKind.Throttle);
        }
    }
}
