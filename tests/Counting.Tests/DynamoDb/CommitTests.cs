using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Counting.Tests.Committing;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.DynamoDb;

[Collection(DynamoDbTests.Name)]
public sealed class CommitTests(DynamoDbFixture dynamoDb)
{
    private static readonly FakeClock Clock = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CountersEqualAPlainCount(bool returnsNoItems)
    {
        const int Cases = 15;
        using var client = dynamoDb.Client();
        client.ReturnsNoItems = returnsNoItems;
        foreach (var scenario in ExactnessTests.Scenarios().Sample(60, Cases))
        {
            var name = await dynamoDb.CreateTableAsync();
            var table = new DynamoCounterTable(client, name, TimeProvider.System);
            var events = ScenarioEvent.Of(scenario.Events, ScenarioRun.Shards);
            await new ScenarioRun(ScenarioComparison.PlanWith(scenario.Limit), table, events, scenario).RunAsync();
            var items = (await client.ScanAsync(new ScanRequest(name))).Items
                .Where(item => item.ContainsKey(PartialAttributes.Watermark))
                .ToDictionary(PartialAttributes.KeyOf, PartialAttributes.Read);
            ScenarioComparison.Compare(events, scenario.Limit, items);
        }
    }

    [Fact]
    public async Task APartialIsOneItemAsDesigned()
    {
        var plan = Some.Plan(
            """{"name":"revenue","pattern":{"event_type":["purchase"]},"measure":"sum","field":"amount","by":["country","currency"],"windows":["day"],"retention":"1d","last":"message"}""");
        var name = await dynamoDb.CreateTableAsync();
        using var client = dynamoDb.Client();
        var environment = new CounterCommitter(plan, client, name, Clock);
        _ = await environment.CommitAsync(
            Some.Fold(
                plan,
                7,
                """{"event_type":"purchase","amount":19.99,"country":"D|E","currency":"EUR","message":"thanks"}""",
                """{"event_type":"purchase","amount":0.0000000001,"country":"D|E","currency":"EUR"}""",
                """{"event_type":"click"}"""),
            CancellationToken.None);
        var item = Assert.Single((await client.ScanAsync(new ScanRequest(name))).Items);
        Assert.Equal("revenue|day|2026-11-21T00:00Z", item["pk"].S);
        Assert.Equal("D%7CE,EUR|shardId-000000000000", item["sk"].S);
        Assert.Equal("056" + Some.SequenceNumber(9), item["watermark"].S);
        Assert.Equal("2", item["count"].N);
        Assert.Equal("19.99", item["sum"].N);
        Assert.Equal("1000000000000000000", item["sumRest"].N);
        Assert.Equal("thanks", item["last"].S);
        Assert.Equal("2026-11-21T12:00:00.000Z", item["lastAt"].S);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), item["expiresAt"].N);
    }

    [Fact]
    public async Task HostileValuesAreKept()
    {
        var plan = Some.Plan("""{"name":"views","pattern":{"event_type":[{"exists":true}]},"measure":"count","by":["page_url","user_id"],"windows":["day"]}""");
        var name = await dynamoDb.CreateTableAsync();
        using var client = dynamoDb.Client();
        var commit = await new CounterCommitter(plan, client, name, Clock).CommitAsync(
            Some.Fold(
                plan,
                1,
                "{}",
                """{"page_url":"","user_id":""}""",
                """{"page_url":"|","user_id":"(none)"}""",
                """{"page_url":"\u0000\ud83d","user_id":"#values"}""",
                $$"""{"page_url":"{{new string('|', 100_000)}}","user_id":"{{new string('東', 30_000)}}"}"""),
            CancellationToken.None);
        Assert.Null(commit.Result.Lowest);
        var values = await new CounterReader(client, name, Some.Definitions()).ScanAsync();
        Assert.Equal(5, values.Count);
        Assert.Contains(values, value => value.Values.SequenceEqual([null, null]));
        Assert.Contains(values, value => value.Values.SequenceEqual(["", ""]));
        Assert.Contains(values, value => value.Values.SequenceEqual(["|", "(none)"]));
        Assert.Contains(values, value => value.Values.SequenceEqual(["\0\uFFFD", "#values"]));
    }

    [Fact]
    public async Task AFullListTurnsAwayAndALateEnvironmentReadsItAtOnce()
    {
        const int Limit = 1500;
        var plan = Some.Plan(
            new AllowanceRule(Environments: 2, LeastLimit: 1),
            $$"""{"name":"views","pattern":{"event_type":[{"exists":true}]},"measure":"count","by":["page_url"],"windows":["day"],"limit":{{Limit}}}""");
        var name = await dynamoDb.CreateTableAsync();
        using var client = dynamoDb.Client();
        var events = Enumerable.Range(0, 2000).Select(index => $$"""{"page_url":"/{{index}}"}""").ToArray();
        for (var environment = 0; environment < 2; environment++)
        {
            var commit = await new CounterCommitter(plan, client, name, Clock).CommitAsync(Some.Fold(plan, 1, events), CancellationToken.None);
            Assert.Null(commit.Result.Lowest);
        }

        var values = await new CounterReader(client, name, Some.Definitions()).ScanAsync();
        Assert.Equal(Limit - 624 + 1, values.Count);
        Assert.Equal(events.Length, values.Sum(value => value.Count));
        var table = new DynamoCounterTable(client, name, Clock);
        var partition = CounterKeys.Partition("views", Events.Definitions.CounterWindow.Day, Some.Noon.AddHours(-12));
        var parts = await table.ReadSharedValuesAsync(new ItemKey(partition, CounterKeys.SharedValues(0)), CancellationToken.None);
        Assert.Equal([625, Limit - 624 - 625], parts.Select(part => part.Count));
    }

    [Fact]
    public async Task AWriteGivesWhatStandsThereWhenItsConditionFails()
    {
        var name = await dynamoDb.CreateTableAsync();
        using var client = dynamoDb.Client();
        var table = new DynamoCounterTable(client, name, Clock);
        var key = new ItemKey("c|day|2026-11-21T00:00Z", "(all)|s");
        PartialWrite Write(WriteCondition condition, int watermark) => new()
        {
            Key = key,
            Condition = condition,
            Partial = new Partial { Count = 1 },
            IsAddition = true,
            Watermark = Number(watermark),
            Expiry = Some.Noon,
        };
        Assert.Null((await table.WriteAsync(Write(WriteCondition.Is(Number(1), 0), 1), CancellationToken.None))!.Watermark);
        Assert.Null(await table.WriteAsync(Write(WriteCondition.Absent, 5), CancellationToken.None));
        Assert.Equal(Number(5), (await table.WriteAsync(Write(WriteCondition.Absent, 6), CancellationToken.None))!.Watermark);
        Assert.Equal(1, (await table.WriteAsync(Write(WriteCondition.AbsentOrBelow(Number(5)), 6), CancellationToken.None))!.Partial.Count);
        Assert.Null(await table.WriteAsync(Write(WriteCondition.AbsentOrBelow(Number(6)), 10), CancellationToken.None));
        Assert.Equal(2, (await table.WriteAsync(Write(WriteCondition.Is(Number(9), 0), 11), CancellationToken.None))!.Partial.Count);
        Assert.Null(await table.WriteAsync(Write(WriteCondition.Is(Number(10), 0), 11), CancellationToken.None));
    }

    private static Streaming.SequenceNumber Number(int number) => Streaming.SequenceNumber.Parse(number.ToString(CultureInfo.InvariantCulture));
}
