using Analytics.Counting.Chain;
using Analytics.Counting.RollingUp;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Tests.Reading;

/// <summary>Which windows are closed, rolled up or not.</summary>
public sealed class ClosedWindowReaderTests
{
    private const string Pages = """{"name":"pages","pattern":{"event_type":["page_view"]},"measure":"count","windows":["minute"]}""";
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private readonly FakeCounterTable _table = new();
    private readonly FakeTime _clock = new(Some.Noon);

    [Fact]
    public async Task NoWindowIsClosedBeforeTheFirstCount() => Assert.Null(await ClosedUpToAsync());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WindowsAreClosedUpToTheSlowestShard(bool isRolledUp)
    {
        _clock.Now = Some.Noon.AddMinutes(1);
        await CommitAsync("shard-0", 1, Some.Noon.AddSeconds(50));
        await CommitAsync("shard-1", 1, Some.Noon.AddSeconds(20));
        if (isRolledUp)
        {
            await RollUpAsync();
        }

        Assert.Equal(Some.Noon.AddSeconds(20), await ClosedUpToAsync());
        await CommitAsync("shard-1", 2, Some.Noon.AddSeconds(70));
        Assert.Equal(isRolledUp ? Some.Noon.AddSeconds(20) : Some.Noon.AddSeconds(50), await ClosedUpToAsync());
    }

    [Fact]
    public async Task ShardWithoutNewRecordsBecomesIdleSoThatWindowsClose()
    {
        await CommitAsync("shard-0", 1, Some.Noon.AddSeconds(50));
        await RollUpAsync();
        _clock.Now = Some.Noon.AddMinutes(2);
        Assert.Equal(Some.Noon.AddSeconds(50), await ClosedUpToAsync());
        _clock.Now = Some.Noon.AddMinutes(10);
        Assert.Equal(Some.Noon.AddMinutes(8), await ClosedUpToAsync());
    }

    [Fact]
    public async Task AShardWithRecordsThatAreNotRolledUpIsNotIdle()
    {
        await CommitAsync("shard-0", 1, Some.Noon.AddSeconds(50));
        _clock.Now = Some.Noon.AddHours(1);
        Assert.Equal(Some.Noon.AddSeconds(50), await ClosedUpToAsync());
    }

    [Fact]
    public async Task WindowsOfAnotherDefinitionAreSkipped()
    {
        await CommitAsync("shard-0", 1, Some.Noon);
        await CommitAsync("shard-0", 2, Some.Noon, Pages.Replace("page_view", "click", StringComparison.Ordinal), """{"event_type":"click"}""");
        var reader = NewReader();
        _ = await reader.ReadClosedUpToAsync(_clock.Now, CancellationToken.None);

        var value = Assert.Single(await reader.ReadAsync("pages", CounterWindow.Minute, Some.Noon, Some.Noon.AddMinutes(1), CancellationToken.None));
        Assert.Equal(1, value.Count);
        Assert.Equal(value.Definition, reader.GetDefinition("pages"));
    }

    private ClosedWindowReader NewReader() => new(Some.Definitions(Pages), _table, Idle);

    private Task<DateTimeOffset?> ClosedUpToAsync() => NewReader().ReadClosedUpToAsync(_clock.Now, CancellationToken.None);

    private async Task CommitAsync(string shard, int number, DateTimeOffset arrival, string counter = Pages, string json = """{"event_type":"page_view"}""")
    {
        var plan = Some.Plan(counter);
        var result = await new CounterCommitter(plan, _table, _clock, ChainSettings.Default)
            .CommitAsync(Some.Fold(plan, Some.Record(shard, number, json, arrival)), CancellationToken.None);
        Assert.True(result.Lowest is null, result.Cause?.ToString());
    }

    private Task RollUpAsync() => new CounterRollup(_table, _clock, RollupSettings.Default).RunAsync(CancellationToken.None);
}
