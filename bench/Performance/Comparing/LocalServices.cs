using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3.Model;
using Amazon.SimpleNotificationService.Model;
using Analytics.Local.Services;

namespace Analytics.Performance.Comparing;

/// <summary>The local services, with separate tables and a separate bucket and topic per design.</summary>
internal sealed class LocalServices : IAsyncDisposable
{
    private readonly EmulatorProcess _emulators;
    private readonly ServiceEndpoints _endpoints;

    private LocalServices(EmulatorProcess emulators, ServiceEndpoints endpoints) => (_emulators, _endpoints) = (emulators, endpoints);

    public static async Task<LocalServices> StartAsync(string repository)
    {
        var emulators = await EmulatorProcess.StartAsync(
            EmulatorInstaller.FindFolder(Path.Combine(repository, "template.yaml")), "us-east-1", null, Console.Error.WriteLine, CancellationToken.None);
        var uris = emulators.Ports.ByService.ToDictionary(port => port.Key, port => new Uri($"http://127.0.0.1:{port.Value}"));
        return new LocalServices(emulators, new ServiceEndpoints(uris, "us-east-1", new BasicAWSCredentials("local", "local")));
    }

    /// <summary>Starts a proxy that counts and delays the calls of a function.</summary>
    public Task<ServiceProxy> StartProxyAsync(string function, AddedDelay delay) => ServiceProxy.StartAsync(function, _endpoints, delay, CancellationToken.None);

    /// <summary>Returns the environment of a function whose calls go through a proxy.</summary>
    public Dictionary<string, string> CreateEnvironment(string function, string suffix, ServiceProxy proxy, string topic) => new(_endpoints.At(proxy.Address).Environment())
    {
        ["ARCHIVE_BUCKET"] = "archive-" + suffix,
        ["COUNTERS_TABLE"] = "counters-" + suffix,
        ["RESULTS_TABLE"] = "results-" + suffix,
        ["ALERTS_TOPIC_ARN"] = topic,
        ["POWERTOOLS_SERVICE_NAME"] = function,
        ["POWERTOOLS_METRICS_NAMESPACE"] = "Benchmark",
        ["AWS_LAMBDA_FUNCTION_NAME"] = function,
        ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512",
        ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
    };

    /// <summary>Creates tables, bucket and topic.</summary>
    /// <returns>The topic's ARN.</returns>
    public async Task<string> CreateAsync(string suffix)
    {
        using var dynamoDb = _endpoints.CreateDynamoDB();
        await CreateTableAsync(dynamoDb, "counters-" + suffix, "pk", "sk", ScalarAttributeType.S);
        await CreateTableAsync(dynamoDb, "results-" + suffix, "eventId", "timestamp", ScalarAttributeType.N);
        using var s3 = _endpoints.CreateS3();
        await s3.PutBucketAsync(new PutBucketRequest { BucketName = "archive-" + suffix });
        using var sns = _endpoints.CreateSns();
        return (await sns.CreateTopicAsync(new CreateTopicRequest { Name = "alerts-" + suffix })).TopicArn;
    }

    public ValueTask DisposeAsync() => _emulators.DisposeAsync();

    private static Task CreateTableAsync(IAmazonDynamoDB dynamoDb, string name, string partitionKey, string sortKey, ScalarAttributeType sortKeyType) =>
        dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new(partitionKey, ScalarAttributeType.S), new(sortKey, sortKeyType)],
            KeySchema = [new(partitionKey, KeyType.HASH), new(sortKey, KeyType.RANGE)],
        });
}

/// <summary>A delay added to each call.</summary>
internal sealed class AddedDelay : IServiceFaults
{
    private long _milliseconds;

    public int Milliseconds
    {
        set => Interlocked.Exchange(ref _milliseconds, value);
    }

    public ServiceFault Decide(in ServiceCall call) => new(ServiceFaultKind.None, TimeSpan.FromMilliseconds(Interlocked.Read(ref _milliseconds)));
}
