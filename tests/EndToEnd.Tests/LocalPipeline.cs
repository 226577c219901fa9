using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Analytics.EndToEnd.Tests;

/// <summary>The description of a running <c>analytics up</c> in <c>.analytics/local.json</c>, and the content of its stores.</summary>
internal sealed class LocalPipeline : IDisposable
{
    private readonly JsonDocument _state;

    private LocalPipeline(JsonDocument state) => _state = state;

    public static LocalPipeline Read(TemporaryFolder folder) => new(JsonDocument.Parse(File.ReadAllBytes(folder.Combine(".analytics/local.json"))));

    /// <summary>The number of items in a table.</summary>
    public async Task<int> CountItemsAsync(string table)
    {
        using var client = new AmazonDynamoDBClient(new BasicAWSCredentials("local", "local"), new AmazonDynamoDBConfig
        {
            ServiceURL = _state.RootElement.GetProperty("endpoints").GetProperty("dynamodb").GetString(),
            AuthenticationRegion = _state.RootElement.GetProperty("region").GetString(),
        });
        var name = _state.RootElement.GetProperty("resources").GetProperty(table).GetString();
        var count = 0;
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            var page = await client.ScanAsync(new ScanRequest { TableName = name, Select = Select.COUNT, ExclusiveStartKey = next, ConsistentRead = true });
            count += page.Count ?? 0;
            next = page.LastEvaluatedKey is { Count: > 0 } key ? key : null;
        }
        while (next is not null);
        return count;
    }

    public void Dispose() => _state.Dispose();
}
