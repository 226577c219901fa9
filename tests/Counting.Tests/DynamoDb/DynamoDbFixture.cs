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

    /// <summary>Makes an empty counters' table.</summary>
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

/// <summary>A client that counts its calls, and can be made to behave as one whose service does not return items with failed conditions.</summary>
internal sealed class TestDynamoDb(AmazonDynamoDBConfig config) : AmazonDynamoDBClient(new BasicAWSCredentials("local", "local"), config)
{
    private int _calls;

    public bool ReturnsNoItems { get; set; }

    public int Calls => _calls;

    public override async Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default)
    {
        _ = Interlocked.Increment(ref _calls);
        try
        {
            return await base.UpdateItemAsync(request, cancellationToken);
        }
        catch (ConditionalCheckFailedException exception) when (ReturnsNoItems)
        {
            exception.Item = null;
            throw;
        }
    }
}

/// <summary>Tests that use one process of local services.</summary>
[CollectionDefinition(Name)]
public sealed class DynamoDbTests : ICollectionFixture<DynamoDbFixture>
{
    public const string Name = "DynamoDB";
}
