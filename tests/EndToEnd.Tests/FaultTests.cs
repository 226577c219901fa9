using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary>Complete runs with injected faults of processes, calls, deliveries and shards.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NoRecordIsLostAndCountersAreExactUnderFaults()
    {
        var result = await AnalyticsCommand.RunAsync(_folder.Path,
        [
            "run", "--template", PipelineTemplate.Shipped, "--events", "10000", "--json", "--out", "out",
            "--parameter", "BatchSize=200", "--parameter", "MaximumBatchingWindow=1", "--parameter", "MaximumRetryAttempts=10",
            "--faults", "seed=3,kill=18,timeout=1,throttle=20,error=10,lost-reply=20,delay=5,outage=1,duplicate=10,regroup=10,split=1,merge=1",
        ]);

        Assert.True(result.ExitCode == 0, result.ToString());
        using var summary = JsonDocument.Parse(result.Output);
        Assert.Equal(10_000, summary.RootElement.GetProperty("archived").GetInt64());
        Assert.Equal(0, summary.RootElement.GetProperty("counters").GetProperty("differences").GetInt64());
        Assert.NotEmpty(summary.RootElement.GetProperty("faults").EnumerateObject());
        foreach (var fault in summary.RootElement.GetProperty("faults").EnumerateObject())
        {
            Assert.True(fault.Value.GetProperty("planned").GetInt32() == fault.Value.GetProperty("injected").GetInt32(), $"{fault.Name}: {fault.Value}");
        }

        var metrics = new RunOutput(_folder.Combine("out")).Metrics;
        Assert.True(Sum("Errors") >= 19, "kills and the time-out are errors of invocations");
        Assert.True(Sum("ProcessedRecords") >= 10_000, "what was archived is measured, again where an answer was lost");

        double Sum(string name) => metrics.Where(metric => metric.GetProperty("metric").GetString() == name).Sum(metric => metric.GetProperty("sum").GetDouble());
    }

    [Fact]
    public async Task AMistakeInTheFaultsIsOneLine()
    {
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["run", "--template", PipelineTemplate.Shipped, "--faults", "explode=1"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("there is no fault 'explode'", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
