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
    public async Task NothingIsLostUnderFaultsThatCutAggregates()
    {
        var output = await RunAsync("--events", "300", "--faults", "seed=5,kill-during=3,error=4,lost-reply=6,throttle=4,duplicate=2,regroup=2");

        Assert.Equal(300, output.Number("sent"));
        Assert.Equal(0, output.Number("lost"));
        Assert.Equal(300, output.Archived.Count);
        Assert.DoesNotContain(
            output.Summary.GetProperty("differences").EnumerateArray().Select(difference => difference.GetString()!),
            difference => !difference.Contains("counter", StringComparison.Ordinal));
    }

    /// <summary>The exit code is left to the tests of the counters: here it is about the archive, the results and the alerts.</summary>
    private async Task<RunOutput> RunAsync(params string[] arguments)
    {
        _ = await AnalyticsCommand.RunAsync(_folder.Path, ["run", "--json", "--out", "out", "--template", Repository.Template, .. arguments, .. FanOut]);
        return new RunOutput(_folder.Combine("out"));
    }
}
