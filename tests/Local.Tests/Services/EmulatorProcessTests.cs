using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Amazon.Kinesis.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Analytics.Local.Services;

namespace Analytics.Local.Tests.Services;

public class EmulatorProcessTests
{
    private static Task<EmulatorProcess> StartAsync(string? data = null) =>
        EmulatorProcess.StartAsync(EmulatorFixture.Folder, "eu-west-1", data, _ => { }, CancellationToken.None);

    [Fact]
    public async Task TheServicesListenOnTheLoopbackAddressOnlyAndEndWithTheirParent()
    {
        var process = await StartAsync();
        int[] ports = [process.Ports.Kinesis, process.Ports.DynamoDb, process.Ports.S3];
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(one => ports.Contains(one.Port)).ToList();
        Assert.Equal(3, listeners.Count);
        Assert.All(listeners, listener => Assert.Equal(IPAddress.Loopback, listener.Address));
        using var node = Process.GetProcessById(process.Id);

        await process.DisposeAsync();
        await process.DisposeAsync();

        Assert.True(node.HasExited);
    }

    [Fact]
    public async Task StreamsAndTablesAreKeptInTheDataFolder()
    {
        var data = Directory.CreateTempSubdirectory("analytics-data");
        try
        {
            await using (var first = await StartAsync(data.FullName))
            {
                using var kinesis = EmulatorFixture.CreateEndpoints(first).CreateKinesis();
                await kinesis.CreateStreamAsync(new CreateStreamRequest { StreamName = "kept", ShardCount = 1 });
                using var dynamoDb = EmulatorFixture.CreateEndpoints(first).CreateDynamoDB();
                await dynamoDb.CreateTableAsync(new CreateTableRequest
                {
                    TableName = "kept",
                    BillingMode = "PAY_PER_REQUEST",
                    AttributeDefinitions = [new("pk", "S")],
                    KeySchema = [new("pk", "HASH")],
                });
            }

            await using var second = await StartAsync(data.FullName);
            using var kinesisAgain = EmulatorFixture.CreateEndpoints(second).CreateKinesis();
            using var dynamoDbAgain = EmulatorFixture.CreateEndpoints(second).CreateDynamoDB();

            Assert.Equal(
                "arn:aws:kinesis:eu-west-1:000000000000:stream/kept",
                (await kinesisAgain.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = "kept" }))
                    .StreamDescriptionSummary.StreamARN);
            Assert.Equal(["kept"], (await dynamoDbAgain.ListTablesAsync()).TableNames);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ObjectsAndMessagesOutliveAKilledProcessInTheDataFolder()
    {
        var data = Directory.CreateTempSubdirectory("analytics-data");
        try
        {
            await using (var first = await StartAsync(data.FullName))
            {
                using var s3 = EmulatorFixture.CreateEndpoints(first).CreateS3();
                await s3.PutBucketAsync("kept");
                await PutAsync(s3, "events/a b.gz", "kept bytes");
                await PutAsync(s3, "../gone", "removed");
                await s3.DeleteObjectAsync("kept", "../gone");
                using var sqs = EmulatorFixture.CreateEndpoints(first).CreateSqs();
                var queue = (await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = "kept" })).QueueUrl;
                foreach (var body in (string[])["first", "second"])
                {
                    await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = queue, MessageBody = body });
                }

                var received = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, MaxNumberOfMessages = 1 });
                await sqs.DeleteMessageAsync(new DeleteMessageRequest { QueueUrl = queue, ReceiptHandle = received.Messages![0].ReceiptHandle });
                using var node = Process.GetProcessById(first.Id);
                node.Kill();
                await node.WaitForExitAsync();
            }

            await using var second = await StartAsync(data.FullName);
            using var s3Again = EmulatorFixture.CreateEndpoints(second).CreateS3();
            await s3Again.PutBucketAsync("kept");
            using var sqsAgain = EmulatorFixture.CreateEndpoints(second).CreateSqs();
            var queueAgain = (await sqsAgain.CreateQueueAsync(new CreateQueueRequest { QueueName = "kept" })).QueueUrl;

            using var kept = await s3Again.GetObjectAsync("kept", "events/a b.gz");
            using var reader = new StreamReader(kept.ResponseStream);
            Assert.Equal("kept bytes", await reader.ReadToEndAsync());
            Assert.Equal("gzip", kept.Headers.ContentEncoding);
            Assert.Equal(["events/a b.gz"], (await s3Again.ListObjectsV2Async(new() { BucketName = "kept" })).S3Objects.Select(one => one.Key));
            var messages = await sqsAgain.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queueAgain, MaxNumberOfMessages = 10 });
            Assert.Equal(["second"], messages.Messages!.Select(message => message.Body));
        }
        finally
        {
            data.Delete(recursive: true);
        }

        static Task PutAsync(IAmazonS3 s3, string key, string content) =>
            s3.PutObjectAsync(new PutObjectRequest { BucketName = "kept", Key = key, ContentBody = content, Headers = { ContentEncoding = "gzip" } });
    }

    [Fact]
    public async Task AClientThatGoesAwayInItsRequestDoesNotEndTheServices()
    {
        await using var process = await StartAsync();
        foreach (var port in (int[])[process.Ports.Kinesis, process.Ports.DynamoDb, process.Ports.S3])
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            client.LingerState = new LingerOption(true, 0);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nbegin"));
        }

        using var kinesis = EmulatorFixture.CreateEndpoints(process).CreateKinesis();
        using var dynamoDb = EmulatorFixture.CreateEndpoints(process).CreateDynamoDB();
        using var http = new HttpClient();

        Assert.Empty((await kinesis.ListStreamsAsync(new ListStreamsRequest())).StreamNames);
        Assert.Empty((await dynamoDb.ListTablesAsync()).TableNames ?? []);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"http://127.0.0.1:{process.Ports.S3}/health"))).StatusCode);
    }

    [Fact]
    public async Task ProcessThatExitsIsReported()
    {
        await using var process = await StartAsync();
        using (var node = Process.GetProcessById(process.Id))
        {
            node.Kill();
        }

        Assert.NotNull(await process.WaitForUnexpectedExitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ADataFolderIsWaitedForWhileTheServicesOfAnEarlierRunEnd()
    {
        var data = Directory.CreateTempSubdirectory("analytics-data");
        try
        {
            var first = await StartAsync(data.FullName);
            var starting = StartAsync(data.FullName);
            await first.DisposeAsync();
            await using var second = await starting;

            Assert.NotEqual(first.Ports, second.Ports);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ADataFolderInUseIsOneLine()
    {
        var data = Directory.CreateTempSubdirectory("analytics-data");
        try
        {
            await using var first = await StartAsync(data.FullName);

            var error = await Assert.ThrowsAsync<LocalDeploymentException>(() => StartAsync(data.FullName));

            Assert.Equal(
                $"the local services did not start: the data folder {data.FullName} is in use by another process: stop it, or give another folder",
                error.Message);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task OfProcessesStartedAtOnceOneGetsTheDataFolder()
    {
        var data = Directory.CreateTempSubdirectory("analytics-data");
        var processes = Enumerable.Range(0, 4).Select(_ => StartScript("--data", data.FullName)).ToList();
        try
        {
            // The one that has the folder prints its ports and goes on until its input closes.
            var lines = await Task.WhenAll(processes.Select(process => process.StandardOutput.ReadLineAsync()));
            foreach (var process in processes)
            {
                process.StandardInput.Close();
                await process.WaitForExitAsync();
            }

            Assert.Single(lines, line => line is not null);
            Assert.Equal([0, 75, 75, 75], processes.Select(process => process.ExitCode).Order());
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task APortInUseIsOneLine()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        using var process = StartScript("--dynamodb", $"{port}");
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.Equal($"port {port} on 127.0.0.1 is in use: stop what listens there or give another port\n", error);
    }

    [Fact]
    public async Task AProcessThatDoesNotStartIsOneLine()
    {
        var folder = Directory.CreateTempSubdirectory("analytics-emulators");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "node_modules"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "node_modules", ".package-lock.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "start.js"), "process.stderr.write('broken\\n'); process.exit(3);");
        try
        {
            var error = await Assert.ThrowsAsync<LocalDeploymentException>(
                () => EmulatorProcess.StartAsync(folder.FullName, "us-east-1", null, _ => { }, CancellationToken.None));

            Assert.Equal("the local services did not start: broken", error.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process StartScript(params string[] arguments)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = EmulatorFixture.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["start.js", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
