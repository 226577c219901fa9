using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Analytics.Local.Services;

namespace Analytics.Counting.Tests.DynamoDb;

/// <summary>DynamoDB on this machine, once for all tests that use it.</summary>
public sealed class DynamoDbFixture : IAsyncLifetime
{
    private EmulatorProcess _process = null!;
    private int _tables;

    public async Task InitializeAsync()
    {
        var folder = EmulatorInstaller.FindFolder(Path.Combine(AppContext.BaseDirectory, "template.yaml"));
        _process = await EmulatorProcess.StartAsync(folder, "us-east-1", null, _ => { }, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _process.DisposeAsync();

    internal TestDynamoDb Client() => new(new AmazonDynamoDBConfig { ServiceURL = $"http://127.0.0.1:{_process.Ports.DynamoDb}", MaxErrorRetry = 0 });

    /// <summary>Makes an empty counters table.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateTableAsync()
    {
        var name = $"counters-{Interlocked.Increment(ref _tables)}";
        using var client = Client();
        _ = await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new("pk", ScalarAttributeType.S), new("sk", ScalarAttributeType.S)],
            KeySchema = [new("pk", KeyType.HASH), new("sk", KeyType.RANGE)],
        });
        while ((await client.DescribeTableAsync(name)).Table.TableStatus != TableStatus.ACTIVE)
        {
            await Task.Yield();
        }

        return name;
    }
}

/// <summary>A client that counts its calls.</summary>
internal sealed class TestDynamoDb(AmazonDynamoDBConfig config) : AmazonDynamoDBClient(new BasicAWSCredentials("local", "local"), config)
{
    public int Puts { get; private set; }

    public int Queries { get; private set; }

    public int Gets { get; private set; }

    public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
    {
        Puts++;
        return base.PutItemAsync(request, cancellationToken);
    }

    public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        Queries++;
        return base.QueryAsync(request, cancellationToken);
    }

    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default)
    {
        Gets++;
        return base.GetItemAsync(request, cancellationToken);
    }
}

/// <summary>Tests that use one process of local services.</summary>
[CollectionDefinition(Name)]
public sealed class DynamoDbTests : ICollectionFixture<DynamoDbFixture>
{
    public const string Name = "DynamoDB";
}
