namespace Analytics.EndToEnd.Tests;

/// <summary><c>analytics run</c> with enhanced fan-out for all functions and KPL aggregates, which batches divide.</summary>
public sealed class FanOutTests : IDisposable
{
    private static readonly string[] FanOut =
    [
        "--aggregate", "--parameter", "BatchSize=7",
        "--parameter", "ArchiveFanOut=true", "--parameter", "CountersFanOut=true", "--parameter", "AlertsFanOut=true", "--parameter", "ResultsFanOut=true",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EachOfTwentyEqualUserRecordsIsArchivedKeptAndAlertedOn()
    {
        const string Order = """{"event_type":"purchase","user_id":"u-1","amount":600}""";
        await File.WriteAllLinesAsync(_folder.Combine("events.ndjson"), Enumerable.Repeat(Order, 20));

        var output = await RunAsync("--from", "events.ndjson");

        Assert.Equal(20, output.Number("sent"));
        Assert.Equal(0, output.Number("lost"));
        Assert.Equal(20, output.Archived.Count);
        Assert.Single(output.Archived.Select(line => line.GetProperty("sequence_number").GetString()).Distinct());
        Assert.Equal(20, output.Results.Count);
        Assert.Equal(20, output.Alerts.Count);
    }

    [Fact]
    public async Task NoRecordIsLostAndCountersAreExactUnderFaultsThatSplitAggregates()
    {
        var output = await RunAsync(
            "--events", "1000", "--faults", "seed=5,kill-before=5,kill-during=15,error=15,lost-reply=25,throttle=15,duplicate=13,regroup=12");

        Assert.Equal(1_000, output.Number("sent"));
        Assert.Equal(1_000, output.Archived.Count);
        Assert.Equal(0, output.Number("lost"));
        Assert.Empty(output.Summary.GetProperty("differences").EnumerateArray());
        Assert.Equal(100, output.Summary.GetProperty("faults").EnumerateObject().Sum(fault => fault.Value.GetProperty("injected").GetInt32()));
    }

    private async Task<RunOutput> RunAsync(params string[] arguments)
    {
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["run", "--json", "--out", "out", "--template", PipelineTemplate.Shipped, .. arguments, .. FanOut]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return new RunOutput(_folder.Combine("out"));
    }
}
