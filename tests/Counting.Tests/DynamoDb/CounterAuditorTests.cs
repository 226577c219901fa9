using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting.Tests.DynamoDb;

/// <summary>Audit and repair against the emulated table, with the function's own committer beside it.</summary>
[Collection(DynamoDbTests.Name)]
public sealed class CounterAuditorTests(DynamoDbFixture dynamoDb)
{
    private const string Views = """{"name":"views","pattern":{"event_type":["page_view"]},"measure":"count","by":["page_url"],"windows":["hour","day"]}""";
    private const string Users = """{"name":"users","pattern":{"event_type":["page_view"]},"measure":"distinct","field":"user_id","windows":["day"]}""";
    private const string Time = """{"name":"time","pattern":{"event_type":["page_view"]},"measure":"sum","field":"load_time","windows":["day"]}""";
    private const string Few = """{"name":"few","pattern":{"event_type":["page_view"]},"measure":"count","by":["user_id"],"windows":["day"],"limit":2}""";

    private static readonly CounterAuditScope Day = new(Some.Noon.AddHours(-12), Some.Noon.AddHours(12));
    private readonly FakeClock _clock = new();
    private readonly List<StreamRecord> _archive = [];

    [Fact]
    public async Task CountersThatAreRightHaveNoDifferences()
    {
        var pipeline = await StartAsync(Views, Users, Time, Few);
        await pipeline.CountAsync(1, 2, 3);
        await pipeline.CountAsync(4, 5, 6, 7, 8);

        var result = await pipeline.AuditAsync(repairs: false);

        Assert.Empty(result.Differences);
        Assert.Equal((8, 0), (result.Events, result.Ahead));
        Assert.True(result.Partials > 8);
    }

    [Fact]
    public async Task APlantedDifferenceIsNamedAndMended()
    {
        var pipeline = await StartAsync(Views, Users, Time);
        await pipeline.CountAsync(1, 2, 3);
        var items = await pipeline.ItemsAsync();
        await pipeline.PlantAsync(items.First(item => item["pk"].S.StartsWith("time|day", StringComparison.Ordinal)), "sum", "1");
        await pipeline.PlantAsync(items.First(item => item["pk"].S.StartsWith("views|hour", StringComparison.Ordinal) && item["sk"].S.StartsWith("/2|", StringComparison.Ordinal)), "count", "7");

        var found = await pipeline.AuditAsync(repairs: true);

        Assert.Equal(
            ["time (all) sum 60 1", "views /2 count 1 7"],
            found.Differences.Select(one => $"{one.Difference.Counter} {one.Difference.Value} {one.Difference.Measure} {one.Difference.Expected} {one.Difference.Actual}").Order(StringComparer.Ordinal));
        Assert.Equal((2, 0), (found.Repaired, found.Changed));
        Assert.Empty((await pipeline.AuditAsync(repairs: false)).Differences);
    }

    [Fact]
    public async Task APartialOfWhatNeverCameIsEmptied()
    {
        var pipeline = await StartAsync(Time);
        await pipeline.CountAsync(1);
        var item = Assert.Single(await pipeline.ItemsAsync());
        _archive.Clear();
        _archive.Add(Some.Record(Some.Shard, 1, """{"event_type":"click"}"""));

        Assert.Equal(1, (await pipeline.AuditAsync(repairs: true)).Repaired);

        var emptied = Assert.Single(await pipeline.ItemsAsync());
        Assert.Equal("0", emptied["count"].N);
        Assert.False(emptied.ContainsKey("sum"));
        Assert.Equal(item["watermark"].S, emptied["watermark"].S);
    }

    [Fact]
    public async Task AFunctionThatKnewThePartialFromBeforeGoesOnFromTheRepairedOne()
    {
        var pipeline = await StartAsync(Users);
        await pipeline.CountAsync(1, 2);
        pipeline.GiveUp(3);
        await pipeline.CountAsync(4);
        Assert.Equal(1, (await pipeline.AuditAsync(repairs: true)).Repaired);

        await pipeline.CountAsync(5);

        Assert.Empty((await pipeline.AuditAsync(repairs: false)).Differences);
        Assert.Equal(5, Assert.Single(await pipeline.ReadAsync()).Distinct);
    }

    [Fact]
    public async Task WhatWasGivenUpAndBroughtBackIsCountedOnceAlsoWhereAPartOfItWasApplied()
    {
        var pipeline = await StartAsync(Views, Users, Time);
        await pipeline.CountAsync(1, 2);
        await pipeline.CountPartlyAsync("time", 3, 4);
        pipeline.GiveUp(3, 4);
        await pipeline.CountAsync(5, 6);

        var result = await pipeline.AuditAsync(repairs: true, broughtBack: 4);

        Assert.NotEmpty(result.Differences);
        Assert.Empty((await pipeline.AuditAsync(repairs: false)).Differences);
        var values = await pipeline.ReadAsync();
        Assert.Equal(6, values.Single(value => value.Counter == "users").Distinct);
        Assert.Equal(210, values.Single(value => value.Counter == "time").Sum);
        await pipeline.CountAsync(3, 4);
        Assert.Empty((await pipeline.AuditAsync(repairs: false)).Differences);
    }

    [Fact]
    public async Task ABatchThatIsJustBeingWrittenIsNoDifference()
    {
        var pipeline = await StartAsync(Views, Users, Time, Few);
        await pipeline.CountAsync(1, 2, 3);
        await pipeline.CountPartlyAsync("time", 4, 5, 6, 7);
        pipeline.GiveUp(4, 5, 6, 7);

        var result = await pipeline.AuditAsync(repairs: false, afterTheTableIsRead: () => pipeline.CountAgainAsync(4, 5, 6, 7));

        Assert.Empty(result.Differences);
        Assert.True(result.Underway > 0);
        var whole = await pipeline.AuditAsync(repairs: false);
        Assert.Empty(whole.Differences);
        Assert.Equal((0, result.Partials + result.Underway), (whole.Underway, whole.Partials));
    }

    [Fact]
    public async Task WhatStaysUnwrittenIsADifference()
    {
        var pipeline = await StartAsync(Views, Time);
        await pipeline.CountAsync(1, 2);
        await pipeline.CountPartlyAsync("time", 3, 4);
        pipeline.GiveUp(3, 4);

        var result = await pipeline.AuditAsync(repairs: false);

        Assert.NotEmpty(result.Differences);
        Assert.All(result.Differences, one => Assert.Equal("views", one.Difference.Counter));
        Assert.Equal(0, result.Underway);
    }

    [Fact]
    public async Task TheLastRecordsOfAShardComeBackAsWell()
    {
        var pipeline = await StartAsync(Views, Time);
        await pipeline.CountAsync(1);
        pipeline.GiveUp(2, 3);
        Assert.Empty((await pipeline.AuditAsync(repairs: false)).Differences);

        await pipeline.AuditAsync(repairs: true, broughtBack: 3);
        await pipeline.AuditAsync(repairs: true, broughtBack: 3);

        Assert.Equal(3, (await pipeline.ReadAsync()).Where(value => value is { Counter: "views", Window: CounterWindow.Day }).Sum(value => value.Count));
    }

    [Fact]
    public async Task ADefinitionThatWasAddedLaterIsFilledUpFromTheArchive()
    {
        var before = await StartAsync(Views);
        await before.CountAsync(1, 2, 3, 4);
        var after = before.With(Views, Users, Few);
        await after.CountAsync(5);

        var result = await after.AuditAsync(repairs: true);

        Assert.True(result.Repaired > 0);
        Assert.Empty((await after.AuditAsync(repairs: false)).Differences);
        var values = await after.ReadAsync();
        Assert.Equal(5, values.Single(value => value.Counter == "users").Distinct);
        Assert.Equal(5, values.Where(value => value.Counter == "few").Sum(value => value.Count));
        Assert.Equal(3, values.Count(value => value.Counter == "few"));
        Assert.Single(values, value => value is { Counter: "few", IsOther: true });
    }

    [Fact]
    public async Task WhatTheArchiveDoesNotReachYetIsNotCompared()
    {
        var pipeline = await StartAsync(Time);
        await pipeline.CountAsync(1, 2);
        _archive.RemoveAt(1);

        var result = await pipeline.AuditAsync(repairs: true);

        Assert.Empty(result.Differences);
        Assert.Equal((0, 1, 0), (result.Partials, result.Ahead, result.Repaired));
    }

    [Fact]
    public async Task WhatTheFunctionHasNotCountedYetIsNoDifference()
    {
        var pipeline = await StartAsync(Views);
        await pipeline.CountAsync(1);
        pipeline.GiveUp(2, 3);

        Assert.Empty((await pipeline.AuditAsync(repairs: true)).Differences);
        await pipeline.CountAsync(2, 3);
        Assert.Empty((await pipeline.AuditAsync(repairs: false)).Differences);
        Assert.Equal(6, (await pipeline.ReadAsync()).Sum(value => value.Count));
    }

    [Fact]
    public async Task OnlyTheWindowsAndCountersAskedForAreCompared()
    {
        var pipeline = await StartAsync(Views, Time);
        await pipeline.CountAsync(1);

        Assert.Equal(1, (await pipeline.AuditAsync(repairs: false, scope: Day with { Counter = "time" })).Partials);
        Assert.Equal(0, (await pipeline.AuditAsync(repairs: false, scope: new CounterAuditScope(Some.Noon.AddDays(1), Some.Noon.AddDays(2)))).Partials);
        Assert.Equal(1, (await pipeline.AuditAsync(repairs: false, scope: new CounterAuditScope(Some.Noon, Some.Noon.AddHours(1)))).Partials);
    }

    [Fact]
    public async Task AfterAnyGivenUpAndPartlyAppliedBatchesARepairMakesTheCountersRight()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 15; round++)
        {
            _archive.Clear();
            var pipeline = await StartAsync(Views, Users, Time, Few);
            var next = 1;
            var givenUp = 0;
            while (next <= 40)
            {
                var batch = Enumerable.Range(next, random.Next(1, 6)).ToArray();
                next += batch.Length;
                switch (random.Next(4))
                {
                    case 0:
                        await pipeline.CountPartlyAsync(random.Next(2) == 0 ? "time" : "views", batch);
                        pipeline.GiveUp(batch);
                        givenUp = batch[^1];
                        break;
                    case 1:
                        pipeline.GiveUp(batch);
                        givenUp = batch[^1];
                        break;
                    default:
                        await pipeline.CountAsync(batch);
                        break;
                }
            }

            await pipeline.AuditAsync(repairs: true, broughtBack: givenUp);
            await pipeline.CountAsync([.. Enumerable.Range(1, next - 1)]);

            Assert.Empty((await pipeline.AuditAsync(repairs: false)).Differences);
            var recount = new CounterRecount(pipeline.Plan);
            _archive.ForEach(record => recount.Add(record.Data, record.ArrivalTime));
            Assert.Empty(CounterAudit.Compare(await pipeline.ReadAsync(), recount.Values()));
        }
    }

    private async Task<Pipeline> StartAsync(params string[] counters) =>
        new(dynamoDb.Client(), await dynamoDb.CreateTableAsync(), counters, _archive, _clock);

    /// <summary>A table, the function that writes it, and the archive beside it.</summary>
    private sealed class Pipeline(IAmazonDynamoDB client, string table, string[] counters, List<StreamRecord> archive, FakeClock clock)
    {
        private CounterCommitter? _committer;

        public CounterPlan Plan { get; } = Some.Plan(counters);

        public Pipeline With(params string[] others) => new(client, table, others, archive, clock);

        /// <summary>A batch that the function counts, and that is archived.</summary>
        public Task CountAsync(params int[] numbers)
        {
            Archive(numbers);
            return CountAgainAsync(numbers);
        }

        /// <summary>A batch that is archived already.</summary>
        public async Task CountAgainAsync(params int[] numbers)
        {
            _committer ??= new CounterCommitter(Plan, client, table, clock);
            var commit = await _committer.CommitAsync(Some.Fold(Plan, [.. numbers.Select(Record)]), CancellationToken.None);
            Assert.Equal(CommitResult.Complete, commit.Result);
        }

        /// <summary>A batch of which the function writes one counter, and then fails.</summary>
        public async Task CountPartlyAsync(string counter, params int[] numbers)
        {
            var part = Some.Plan([.. counters.Where(one => one.Contains($"\"name\":\"{counter}\"", StringComparison.Ordinal))]);
            var commit = await new CounterCommitter(part, client, table, clock).CommitAsync(Some.Fold(part, [.. numbers.Select(Record)]), CancellationToken.None);
            Assert.Equal(CommitResult.Complete, commit.Result);
        }

        /// <summary>A batch that is archived only.</summary>
        public void GiveUp(params int[] numbers) => Archive(numbers);

        public Task<CounterAuditResult> AuditAsync(bool repairs, int broughtBack = 0, CounterAuditScope? scope = null, Func<Task>? afterTheTableIsRead = null) =>
            new CounterAuditor(Plan, client, table, clock) { Pauses = [TimeSpan.Zero, TimeSpan.Zero] }.AuditAsync(
                (scope ?? Day) with
                {
                    BroughtBack = broughtBack == 0 ? [] : new Dictionary<string, SequenceNumber> { [Some.Shard] = Number(broughtBack) },
                },
                _ => archive.Select(record => new ArchivedEvent(Some.Shard, record.SequenceNumber, record.ArrivalTime, record.Data)).ToAsyncEnumerable(),
                async _ =>
                {
                    await (afterTheTableIsRead?.Invoke() ?? Task.CompletedTask);
                    return new Dictionary<string, SequenceNumber> { [Some.Shard] = archive.Max(record => record.SequenceNumber) };
                },
                repairs,
                CancellationToken.None);

        public Task<IReadOnlyList<CounterValue>> ReadAsync() => new CounterReader(client, table, Some.Definitions(counters)).ScanAsync();

        public async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync() =>
            [.. (await client.ScanAsync(new ScanRequest(table))).Items.Where(item => item.ContainsKey("watermark"))];

        public Task PlantAsync(Dictionary<string, AttributeValue> item, string attribute, string value) =>
            client.PutItemAsync(table, new Dictionary<string, AttributeValue>(item) { [attribute] = new() { N = value } });

        private void Archive(int[] numbers) => archive.AddRange(numbers.Where(number => archive.TrueForAll(record => record.SequenceNumber != Number(number))).Select(Record));

        private static StreamRecord Record(int number) => Some.Record(Some.Shard, number, string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"event_type":"page_view","page_url":"/{{number % 5}}","user_id":"u{{number}}","load_time":{{number * 10}}}"""));

        private static SequenceNumber Number(int number) => SequenceNumber.Parse(Some.SequenceNumber(number));
    }
}
