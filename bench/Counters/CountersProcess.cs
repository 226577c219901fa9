using System.Diagnostics;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Analytics.Benchmarks;
using Analytics.Cli.Shared.Samples;
using Analytics.Cli.Shared.Sending;
using Analytics.Local.Runtime;
using Analytics.Local.Services;

namespace Analytics.Counters.Benchmarks;

/// <summary>A process of the function Counters with a separate DynamoDB and table.</summary>
internal sealed class CountersProcess : IAsyncDisposable
{
    private const string Name = "counters";
    private const string Table = "counters";

    private readonly EmulatorProcess _emulators;
    private readonly ServiceProxy _proxy;
    private readonly LambdaService _lambda;
    private readonly string _log;
    private readonly IEnumerator<OutgoingRecord> _records;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private int _sent;

    private CountersProcess(EmulatorProcess emulators, ServiceProxy proxy, LambdaService lambda, string log)
    {
        (_emulators, _proxy, _lambda, _log) = (emulators, proxy, lambda, log);
        _records = new SampleEvents(1, GetTime).Take(long.MaxValue).Where(record => record.UserRecords == 1).GetEnumerator();
    }

    public long Calls => _proxy.Calls.Values.Sum();

    /// <param name="folder">The folder of the executable.</param>
    /// <param name="emulators">The folder of the emulators.</param>
    /// <param name="delay">The delay added to each service call.</param>
    public static async Task<CountersProcess> StartAsync(string folder, string emulators, TimeSpan delay)
    {
        var process = await EmulatorProcess.StartAsync(emulators, "us-east-1", null, Console.Error.WriteLine, CancellationToken.None);
        var endpoint = new Uri($"http://127.0.0.1:{process.Ports.DynamoDb}");
        var endpoints = new ServiceEndpoints(new Dictionary<AwsService, Uri> { [AwsService.DynamoDB] = endpoint }, "us-east-1", new BasicAWSCredentials("local", "local"));
        using (var dynamoDb = endpoints.CreateDynamoDB())
        {
            _ = await dynamoDb.CreateTableAsync(new CreateTableRequest
            {
                TableName = Table,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = [new("pk", ScalarAttributeType.S), new("sk", ScalarAttributeType.S)],
                KeySchema = [new("pk", KeyType.HASH), new("sk", KeyType.RANGE)],
            });
        }

        var proxy = await ServiceProxy.StartAsync("Counters", endpoints, delay > TimeSpan.Zero ? new Slow(delay) : null, CancellationToken.None);
        var lambda = await LambdaService.StartAsync(new LambdaServiceOptions(), CancellationToken.None);
        var log = Path.GetTempFileName();
        var environment = new Dictionary<string, string>(endpoints.At(proxy.Address).Environment())
        {
            ["COUNTERS_TABLE"] = Table,
            ["POWERTOOLS_SERVICE_NAME"] = "counters",
            ["POWERTOOLS_METRICS_NAMESPACE"] = "Benchmark",
            ["ANNOTATIONS_HANDLER"] = "HandleAsync",
        };
        lambda.Add(new FunctionConfiguration
        {
            LogicalId = "Counters",
            Name = Name,
            Arn = "arn:aws:lambda:us-east-1:000000000000:function:counters",
            Command = Path.GetFullPath(Path.Combine(folder, "bootstrap")),
            WorkingDirectory = Path.GetFullPath(folder),
            Environment = environment,
            MemorySize = 512,
            Timeout = TimeSpan.FromMinutes(2),
            LogFile = log,
        });
        return new CountersProcess(process, proxy, lambda, log);
    }

    /// <summary>Returns the units consumed by calls of some operations.</summary>
    public decimal Units(params ReadOnlySpan<string> operations)
    {
        var units = 0m;
        foreach (var operation in operations)
        {
            units += _proxy.CapacityUnits.GetValueOrDefault(operation);
        }

        return units;
    }

    /// <summary>Invokes the function with consecutive batches of sample events at 1,000 per second.</summary>
    /// <returns>The median time of an invocation, in milliseconds.</returns>
    public async Task<double> InvokeAsync(int records, int batches)
    {
        var times = new List<double>();
        for (var batch = 0; batch < batches; batch++)
        {
            var payloads = new List<OutgoingRecord>();
            while (payloads.Count < records && _records.MoveNext())
            {
                payloads.Add(_records.Current);
            }

            var body = InvocationBody.Create(
                records, GetTime(_sent).ToUnixTimeMilliseconds() / 1000m, number => payloads[number].PartitionKey, number => payloads[number].Data.ToArray(), _sent);
            _sent += records;
            var started = Stopwatch.GetTimestamp();
            var result = await _lambda.InvokeAsync(Name, body, "shardId-000000000006/0", null, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            var answer = Encoding.UTF8.GetString(result.Payload.Span);
            if (result.FunctionError is not null || !answer.Contains("\"batchItemFailures\":[]", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The function failed: {answer}. Its log: {await File.ReadAllTextAsync(_log)}");
            }
        }

        times.Sort();
        return times[times.Count / 2];
    }

    public async ValueTask DisposeAsync()
    {
        await _lambda.DisposeAsync();
        await _proxy.DisposeAsync();
        await _emulators.DisposeAsync();
        _records.Dispose();
        File.Delete(_log);
    }

    private DateTimeOffset GetTime(long number) => _started.AddMilliseconds(number);

    private sealed class Slow(TimeSpan delay) : IServiceFaults
    {
        public ServiceFault Decide(in ServiceCall call) => new(ServiceFaultKind.None, delay);
    }
}
