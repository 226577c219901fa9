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
        foreach (var scenario in ExactnessTests.Scenarios().Sample(40, Cases))
        {
            var name = await dynamoDb.CreateTableAsync();
            new History(scenario, new DynamoCounterTable(client, name), () => client.ScanAsync(new ScanRequest(name) { ConsistentRead = true }).GetAwaiter().GetResult().Items).Run();
        }
    }

    [Fact]
    public async Task ConditionsHoldAndFailAsTheyShould()
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
