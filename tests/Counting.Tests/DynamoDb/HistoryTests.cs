using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Storage;
using Analytics.Counting.Tests.Histories;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.DynamoDb;

/// <summary>The same histories with DynamoDB's own expressions.</summary>
[Collection(DynamoDbTests.Name)]
public sealed class HistoryTests(DynamoDbFixture dynamoDb)
{
    [Fact]
    public async Task CountersEqualAPlainCount()
    {
        const int Cases = 10;
        using var client = dynamoDb.Client();
        foreach (var scenario in ExactnessTests.Scenarios().Sample(numberOfSamples: Cases, size: 40))
        {
            var name = await dynamoDb.CreateTableAsync();
            List<Dictionary<string, AttributeValue>> Scan(ItemKey after, int count) =>
            [
                .. client.ScanAsync(new ScanRequest(name) { ConsistentRead = true }).GetAwaiter().GetResult().Items
                    .OrderBy(item => item["pk"].S, StringComparer.Ordinal).ThenBy(item => item["sk"].S, StringComparer.Ordinal)
                    .Where(item => string.CompareOrdinal(item["pk"].S, after.Partition) is var order && (order > 0 || (order == 0 && string.CompareOrdinal(item["sk"].S, after.Sort) > 0)))
                    .Take(count),
            ];
            await Task.Run(() => new History(scenario, new DynamoCounterTable(client, name), Scan).Run());
        }
    }

    [Fact]
    public async Task ConditionsAreEvaluatedByDynamoDb()
    {
        using var client = dynamoDb.Client();
        var table = new DynamoCounterTable(client, await dynamoDb.CreateTableAsync());
        var key = new ItemKey("#rollup", "plan");
        async Task<bool> PutAsync(PutCondition condition, long generation, string state)
        {
            var item = Attributes.Item(key);
            item.Add(Attributes.Generation, Attributes.Number(generation));
            item.Add(Attributes.State, Attributes.Text(state));
            return await table.TryPutAsync(item, condition, CancellationToken.None);
        }

        Assert.False(await PutAsync(PutCondition.DoneWith(1), 2, Attributes.Planned));
        Assert.True(await PutAsync(PutCondition.Absent, 1, Attributes.Planned));
        Assert.False(await PutAsync(PutCondition.Absent, 1, Attributes.Planned));
        Assert.False(await PutAsync(PutCondition.DoneWith(1), 2, Attributes.Planned));
        Assert.True(await PutAsync(PutCondition.Planned(1), 1, Attributes.Done));
        Assert.False(await PutAsync(PutCondition.Planned(1), 1, Attributes.Done));
        Assert.False(await PutAsync(PutCondition.DoneWith(0), 2, Attributes.Planned));
        Assert.True(await PutAsync(PutCondition.DoneWith(1), 2, Attributes.Planned));
        Assert.False(await PutAsync(PutCondition.GenerationBelow(2), 3, Attributes.Done));
        Assert.True(await PutAsync(PutCondition.GenerationBelow(3), 3, Attributes.Done));
        Assert.True(await PutAsync(PutCondition.None, 1, Attributes.Done));
        Assert.Equal("1", (await table.GetAsync(key, CancellationToken.None))![Attributes.Generation].N);
        Assert.Null(await table.GetAsync(new ItemKey("#rollup", "other"), CancellationToken.None));
    }
}
