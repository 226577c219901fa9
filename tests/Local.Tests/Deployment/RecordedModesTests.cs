using System.Text;
using System.Text.Json;
using Amazon.Kinesis.Model;
using Amazon.SQS.Model;
using Analytics.Local.Deployment;

namespace Analytics.Local.Tests.Deployment;

/// <summary>
/// The modes that were recorded on AWS with 4 records of which number 2 is bad, end to end: a template, a stream, functions in
/// separate processes, queues. See modes/template.yaml.
/// </summary>
public sealed class RecordedModesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("analytics-modes").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task EachModeGivesTheRecordedInvocationsAndFailures()
    {
        await using var deployment = await LocalDeployment.StartAsync(
            new LocalDeploymentOptions
            {
                TemplateFile = Path.Combine(AppContext.BaseDirectory, "Deployment", "modes", "template.yaml"),
                WorkFolder = _folder,
                Variable = _ => null,
            },
            CancellationToken.None);
        using var kinesis = deployment.Endpoints.CreateKinesis();
        var put = await kinesis.PutRecordsAsync(new PutRecordsRequest
        {
            StreamName = deployment.Resources["Events"].PhysicalId,
            Records = [.. "1234".Select(data => new PutRecordsRequestEntry { PartitionKey = "key", Data = new MemoryStream(Encoding.UTF8.GetBytes($"{data}")) })],
        });
        var sequence = put.Records.ConvertAll(record => record.SequenceNumber!);
        await deployment.DrainAsync(CancellationToken.None);

        await AssertAsync("ReportingOff", "1234", failure: null);
        await AssertAsync("Reporting", "1234 234 234", new Failure(sequence[1], sequence[3], BatchSize: 3, InvokeCount: 2, FunctionError: null));
        await AssertAsync("ReportingAndBisection", "1234 234 2 2 34", new Failure(sequence[1], sequence[1], 1, 2, null));
        await AssertAsync("ThrowAndBisection", "1234 12 1 2 2 34", new Failure(sequence[1], sequence[1], 1, 2, "Unhandled"));
        await AssertAsync("Throw", "1234 1234 1234", new Failure(sequence[0], sequence[3], 4, 3, "Unhandled"));

        async Task AssertAsync(string function, string batches, Failure? failure)
        {
            var invocations = await InvocationsAsync(deployment.Functions.Single(one => one.LogicalId == function));
            Assert.Equal((function, batches), (function, string.Join(' ', invocations.Select(words => words[2]))));

            var messages = await MessagesAsync(deployment, function + "Failures", atLeast: failure is null ? 0 : 1);
            if (failure is null)
            {
                Assert.Empty(messages);
                return;
            }

            using var record = JsonDocument.Parse(Assert.Single(messages));
            var (request, response, info) = (
                record.RootElement.GetProperty("requestContext"), record.RootElement.GetProperty("responseContext"), record.RootElement.GetProperty("KinesisBatchInfo"));
            Assert.Equal(failure, new Failure(
                info.GetProperty("startSequenceNumber").GetString()!,
                info.GetProperty("endSequenceNumber").GetString()!,
                info.GetProperty("batchSize").GetInt32(),
                request.GetProperty("approximateInvokeCount").GetInt32(),
                response.GetProperty("functionError").GetString()));
            Assert.Equal("RetryAttemptsExhausted", request.GetProperty("condition").GetString());
            Assert.EndsWith($":function:{deployment.Resources[function].PhysicalId}", request.GetProperty("functionArn").GetString(), StringComparison.Ordinal);

            // The retries of the failed batch share one request id, the others have one each.
            var ids = invocations.ConvertAll(words => words[1]);
            Assert.Equal(failure.InvokeCount, ids.Count(id => id == request.GetProperty("requestId").GetString()));
            Assert.Equal(ids.Count - failure.InvokeCount + 1, ids.Distinct().Count());
        }
    }

    /// <summary>The lines that the function wrote, split into words; they arrive shortly after its responses.</summary>
    private static async Task<List<string[]>> InvocationsAsync(LocalFunction function)
    {
        return await Eventually.GetAsync(ReadAsync, invocations => invocations.Count == function.Invocations);

        async Task<List<string[]>> ReadAsync() => [.. (await File.ReadAllLinesAsync(function.LogFile))
            .Where(line => line.StartsWith("batch ", StringComparison.Ordinal)).Select(line => line.Split(' '))];
    }

    private static async Task<List<string>> MessagesAsync(LocalDeployment deployment, string queue, int atLeast)
    {
        using var sqs = deployment.Endpoints.CreateSqs();
        var reply = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = deployment.Resources[queue].PhysicalId,
            MaxNumberOfMessages = 10,
            WaitTimeSeconds = atLeast == 0 ? 0 : 20,
        });
        return [.. (reply.Messages ?? []).Select(message => message.Body)];
    }

    private sealed record Failure(string Start, string End, int BatchSize, int InvokeCount, string? FunctionError);
}
