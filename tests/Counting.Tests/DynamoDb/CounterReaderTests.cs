using Amazon.DynamoDBv2.Model;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Tests.DynamoDb;

[Collection(DynamoDbTests.Name)]
public sealed class CounterReaderTests(DynamoDbFixture dynamoDb)
{
    private static readonly string[] Counters =
    [
        """{"name":"orders","pattern":{"event_type":["purchase"]},"measure":"average","field":"amount","by":["country"],"windows":["minute","day"],"last":"product_id"}""",
        """{"name":"share","pattern":{"event_type":["purchase"]},"measure":"rate","where":{"amount":[{"numeric":[">",2]}]},"windows":["day"]}""",
        """{"name":"users","pattern":{"event_type":["purchase"]},"measure":"distinct","field":"user_id","windows":["day"]}""",
        """{"name":"amounts","pattern":{"event_type":["purchase"]},"measure":"percentiles","field":"amount","windows":["day"]}""",
        """{"name":"least","pattern":{"event_type":["purchase"]},"measure":"min","field":"amount","windows":["day"]}""",
        """{"name":"most","pattern":{"event_type":["purchase"]},"measure":"max","field":"amount","windows":["day"]}""",
        """{"name":"pairs","pattern":{"event_type":["purchase"]},"measure":"count","by":["country","user_id"],"windows":["day"]}""",
    ];

    private static readonly (string Shard, string Json)[] Purchases =
    [
        ("shard-1", Purchase(1, "DE", "u1", "p1", "12:00")),
        ("shard-1", Purchase(2, "DE", "u2", "p2", "12:00")),
        ("shard-2", Purchase(6, "DE", "u1", "p3", "12:00")),
        ("shard-2", Purchase(10, "FR", "u3", "p4", "12:00")),
        ("shard-2", Purchase(20, "(other)", "u3", "p5", "12:02")),
    ];

    [Fact]
    public async Task LinksOfAllShardsAreAddedUp()
    {
        var values = await (await FilledAsync()).ScanAsync();
        var germany = Assert.Single(values, value => value is { Counter: "orders", Window: CounterWindow.Day, Value: "DE" });
        Assert.Equal((3, 9m, 3m, "p3"), (germany.Count, germany.Sum, germany.Average, germany.Last));
        Assert.Equal(["DE"], germany.Values);
        Assert.Equal(0.6m, Assert.Single(values, value => value.Counter == "share").Rate);
        Assert.Equal(3, Assert.Single(values, value => value.Counter == "users").Distinct);
        Assert.Equal(1, Assert.Single(values, value => value.Counter == "least").Min);
        Assert.Equal(20, Assert.Single(values, value => value.Counter == "most").Max);
        var percentiles = Assert.Single(values, value => value.Counter == "amounts").Percentiles!.Value;
        Assert.InRange(percentiles.P50, 5.94, 6.06);
        Assert.InRange(percentiles.P99, 19.8, 20.2);
        Assert.Null(germany.Rate ?? germany.Distinct ?? germany.Min ?? germany.Max);
    }

    [Fact]
    public async Task AScanIsInOrderAndHoldsOnlyCounters()
    {
        var reader = await FilledAsync(async (client, table) => _ = await client.PutItemAsync(new PutItemRequest(
            table, new Dictionary<string, AttributeValue> { ["pk"] = new("alert|x|y"), ["sk"] = new("claim") })));
        var values = await reader.ScanAsync();
        Assert.Equal(
            values.OrderBy(value => value.Counter, StringComparer.Ordinal).ThenBy(value => value.Window).ThenBy(value => value.Start).ThenBy(value => value.Key, StringComparer.Ordinal),
            values);
        Assert.Equal(Counters.Length, values.Select(value => value.Counter).Distinct().Count());
    }

    [Fact]
    public async Task AQueryGivesTheWindowsThatStartBeforeItsEnd()
    {
        var reader = await FilledAsync();
        var query = new CounterQuery { Counter = "orders", Window = CounterWindow.Minute, From = Some.Noon.AddSeconds(59), To = Some.Noon.AddMinutes(2) };
        Assert.Equal(["DE", "FR"], (await ReadAsync(reader, query)).Select(value => value.Value));
        var all = await ReadAsync(reader, query with { From = Some.Noon.AddHours(-1), To = Some.Noon.AddHours(1) });
        Assert.Equal([(0, "DE"), (0, "FR"), (2, "%28other%29")], all.Select(value => (value.Start.Minute, value.Value)));
        Assert.False(all[2].IsOther);
    }

    [Fact]
    public async Task AQueryGivesTheValuesAskedFor()
    {
        var reader = await FilledAsync();
        var day = new CounterQuery { Counter = "pairs", Window = CounterWindow.Day, From = Some.Noon, To = Some.Noon.AddDays(1) };
        Assert.Equal(4, (await ReadAsync(reader, day)).Count);
        var pair = Assert.Single(await ReadAsync(reader, day with { Values = [["DE", "u1"], ["DE", "u"], ["DE", null]] }));
        Assert.Equal((2, "DE, u1"), (pair.Count, pair.Value));
        var total = Assert.Single(await ReadAsync(reader, day with { Counter = "share", Values = [[]] }));
        Assert.Equal(("(all)", 5), (total.Value, total.Count));
        Assert.Empty(total.Values);
    }

    [Fact]
    public async Task ManyItemsAreReadPageByPage()
    {
        var plan = Some.Plan("""{"name":"last","pattern":{"event_type":[{"exists":true}]},"measure":"count","by":["page_url"],"windows":["day"],"last":"message"}""");
        var table = await dynamoDb.CreateTableAsync();
        using var client = dynamoDb.Client();
        var message = new string('m', 500);
        var events = Enumerable.Range(0, 2500).Select(index => $$"""{"page_url":"/{{index}}","message":"{{message}}"}""").ToArray();
        _ = await new CounterCommitter(plan, client, table, new FakeTime(Some.Noon)).CommitAsync(Some.Fold(plan, 1, events), CancellationToken.None);
        var reader = new CounterReader(client, table);
        var query = new CounterQuery { Counter = "last", Window = CounterWindow.Day, From = Some.Noon, To = Some.Noon.AddDays(1) };
        Assert.Equal(2500, (await ReadAsync(reader, query)).Count);
        Assert.Equal(2500, (await reader.ScanAsync()).Count);
    }

    [Fact]
    public async Task CountersEqualTheRecount()
    {
        var recount = new CounterRecount(Some.Plan(Counters));
        foreach (var (index, (_, json)) in Purchases.Index())
        {
            recount.Add(Some.Utf8(json), Some.Noon.AddSeconds(index + 2));
        }

        var reader = await FilledAsync();
        Assert.Empty(CounterAudit.Compare(await reader.ScanAsync(), recount.Values()));
        Assert.Empty(CounterAudit.Compare(await (await FilledAsync(RollUpAsync)).ScanAsync(), recount.Values()));
    }

    private async Task<CounterReader> FilledAsync(Func<TestDynamoDb, string, Task>? also = null)
    {
        var plan = Some.Plan(Counters);
        var table = await dynamoDb.CreateTableAsync();
        var client = dynamoDb.Client();
        var environment = new CounterCommitter(plan, client, table, new FakeTime(Some.Noon));
        var number = 1;
        foreach (var shard in Purchases.GroupBy(purchase => purchase.Shard))
        {
            var records = shard.Select(purchase => Some.Record(shard.Key, number++, purchase.Json, Some.Noon.AddSeconds(number))).ToArray();
            Assert.Null((await environment.CommitAsync(Some.Fold(plan, records), CancellationToken.None)).Lowest);
        }

        if (also is not null)
        {
            await also(client, table);
        }

        return new CounterReader(client, table);
    }

    private static async Task RollUpAsync(TestDynamoDb client, string table) =>
        Assert.Equal(1, (await new CounterRollup(client, table, new FakeTime(Some.Noon), TimeSpan.Zero).RunAsync(CancellationToken.None)).Generations);

    private static async Task<List<CounterValue>> ReadAsync(CounterReader reader, CounterQuery query)
    {
        var values = new List<CounterValue>();
        await foreach (var value in reader.QueryAsync(query))
        {
            values.Add(value);
        }

        return values;
    }

    private static string Purchase(int amount, string country, string user, string product, string time) =>
        $$"""{"event_type":"purchase","amount":{{amount}},"country":"{{country}}","location":"{{country}}","user_id":"{{user}}","product_id":"{{product}}","timestamp":"2026-11-21T{{time}}:00Z"}""";
}
