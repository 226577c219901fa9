using System.Globalization;
using Analytics.Counting.Chain;
using Analytics.Counting.RollingUp;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Tests.Reading;

public sealed class CounterReaderTests
{
    private static readonly CounterPlan Plan = Some.Plan(
        """{"name":"pages","pattern":{"event_type":["page_view"]},"measure":"count","by":["page_url"],"windows":["minute","day"],"limit":3}""");

    private readonly FakeCounterTable _table = new();
    private readonly FakeTime _clock = new(Some.Noon);

    [Fact]
    public async Task CountsAreReadableImmediatelyAndUnchangedByTheRollup()
    {
        await CommitAsync("shard-0", 1, 4);
        var before = await ReadAsync(NewReader());
        Assert.Equal([("/0", 1), ("/1", 1), ("/2", 1), ("(other)", 1)], before.OrderBy(value => value.IsOther).Select(value => (value.Value, (int)value.Count)));
        await RollUpAsync();
        Assert.Empty(CounterAudit.Compare(before, await ReadAsync(NewReader())));
    }

    [Fact]
    public async Task PollingReaderReadsOnlyNewData()
    {
        await CommitAsync("shard-0", 1, 3);
        await RollUpAsync();
        var reader = NewReader();
        _ = await ReadAsync(reader);
        var reads = _table.Reads;

        // The plan, the shards, and the chain's end.
        _ = await ReadAsync(reader);
        Assert.Equal(3, _table.Reads - reads);

        await CommitAsync("shard-0", 4, 3);
        reads = _table.Reads;

        // Also the definitions, the first time.
        Assert.Equal(6, (await ReadAsync(reader)).Sum(value => value.Count));
        Assert.Equal(4, _table.Reads - reads);

        // Also the window that was rolled up.
        await RollUpAsync();
        reads = _table.Reads;
        Assert.Equal(6, (await ReadAsync(reader)).Sum(value => value.Count));
        Assert.Equal(4, _table.Reads - reads);
    }

    [Fact]
    public async Task PollingReaderFindsShardsAndLinksRolledUpBetweenReads()
    {
        var reader = NewReader();
        Assert.Empty(await ReadAsync(reader));
        for (var round = 0; round < 4; round++)
        {
            await CommitAsync("shard-0", (round * 10) + 1, 3);
            await CommitAsync($"shard-{round + 1}", 1, 3);
            await RollUpAsync();
            await CommitAsync("shard-0", (round * 10) + 4, 3);
            Assert.Equal((round + 1) * 9, (await ReadAsync(reader)).Sum(value => value.Count));
        }
    }

    [Fact]
    public async Task OneThatPollsFollowsTheTime()
    {
        var reader = NewReader();
        for (var minute = 0; minute < 10; minute++)
        {
            await CommitAsync("shard-0", (minute * 10) + 1, 3, Some.Noon.AddMinutes(minute));
            await RollUpAsync();
            var values = await ReadAsync(reader, Some.Noon.AddMinutes(minute - 2), Some.Noon.AddMinutes(minute + 1));
            Assert.Equal(Math.Min(minute + 1, 3) * 3, values.Sum(value => value.Count));
        }
    }

    [Fact]
    public async Task ADayOfMinutesIsOneQueryOfWindows()
    {
        for (var minute = 0; minute < 60; minute++)
        {
            await CommitAsync("shard-0", (minute * 10) + 1, 3, Some.Noon.AddMinutes(minute));
        }

        await RollUpAsync();
        var reader = NewReader();
        var reads = _table.Reads;
        Assert.Equal(180, (await ReadAsync(reader, Some.Noon.Date, Some.Noon.Date.AddDays(1))).Sum(value => value.Count));

        // The plan, the shards, the windows, the chain's end.
        Assert.Equal(4, _table.Reads - reads);
    }

    private CounterReader NewReader() => new(_table, _ => _table.Items.ToAsyncEnumerable());

    private async Task CommitAsync(string shard, int first, int count, DateTimeOffset? arrival = null)
    {
        var records = Enumerable.Range(0, count).Select(index => Some.Record(
            shard, first + index, string.Create(CultureInfo.InvariantCulture, $$"""{"event_type":"page_view","page_url":"/{{index}}"}"""), arrival));
        var result = await new CounterCommitter(Plan, _table, _clock, ChainSettings.Default).CommitAsync(Some.Fold(Plan, [.. records]), CancellationToken.None);
        Assert.True(result.Lowest is null, result.Cause?.ToString());
    }

    private Task RollUpAsync() => new CounterRollup(_table, _clock, RollupSettings.Default).RunAsync(CancellationToken.None);

    private static Task<List<CounterValue>> ReadAsync(CounterReader reader) => ReadAsync(reader, Some.Noon, Some.Noon.AddMinutes(1));

    private static async Task<List<CounterValue>> ReadAsync(CounterReader reader, DateTimeOffset from, DateTimeOffset to)
    {
        var values = new List<CounterValue>();
        await foreach (var value in reader.QueryAsync(new CounterQuery { Counter = "pages", Window = CounterWindow.Minute, From = from, To = to }))
        {
            values.Add(value);
        }

        return values;
    }
}
