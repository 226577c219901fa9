using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary><c>analytics up</c>, and the commands that work on it.</summary>
public sealed class UpTests : IDisposable
{
    private static readonly string[] Up = ["up", "--template", PipelineTemplate.Shipped];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OtherCommandsUseTheRunningPipelineAndCtrlCStopsIt()
    {
        using var up = AnalyticsCommand.Start(_folder.Path, Up, readyLine: "Stop with Ctrl-C.");
        await up.ReadyAsync();
        var state = _folder.Combine(".analytics/local.json");
        Assert.True(File.Exists(state));

        var produced = await AnalyticsCommand.RunAsync(_folder.Path, ["produce", "--events", "300"]);
        Assert.True(produced.ExitCode == 0, produced.ToString());
        Assert.StartsWith("Sent 300 events in ", produced.Output, StringComparison.Ordinal);

        var invoked = await AnalyticsCommand.RunAsync(_folder.Path, ["invoke", "Archive", Sample("flat-snake-case")]);
        Assert.True(invoked.ExitCode == 0, invoked.ToString());
        Assert.Equal("""{"batchItemFailures":[]}""", invoked.Output.Trim());

        var metrics = await AnalyticsCommand.RunAsync(_folder.Path, ["metrics", "Invocations", "--namespace", "AWS/Lambda"]);
        Assert.True(metrics.ExitCode == 0, metrics.ToString());
        Assert.Contains("FunctionName=analytics-Archive", metrics.Output, StringComparison.Ordinal);

        var unknown = await AnalyticsCommand.RunAsync(_folder.Path, ["invoke", "Nobody", Sample("flat-snake-case")]);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("there is no function Nobody", Assert.Single(unknown.ErrorLines), StringComparison.Ordinal);

        var second = await AnalyticsCommand.RunAsync(_folder.Path, Up);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("is already running", Assert.Single(second.ErrorLines), StringComparison.Ordinal);

        await up.InterruptAsync();
        var stopped = await up.WaitAsync();
        Assert.True(stopped.ExitCode == 0, stopped.ToString());
        Assert.Empty(stopped.ErrorLines);
        Assert.False(File.Exists(state));

        var alone = await AnalyticsCommand.RunAsync(_folder.Path, ["produce", "--events", "1"]);
        Assert.Equal(1, alone.ExitCode);
        Assert.Contains("no pipeline is running on this machine", Assert.Single(alone.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KilledAndRestartedPipelineLosesNothing()
    {
        string[] arguments = [.. Up, "--data", "data"];
        using (var first = AnalyticsCommand.Start(_folder.Path, arguments, readyLine: "Stop with Ctrl-C."))
        {
            await first.ReadyAsync();
            var sent = await AnalyticsCommand.RunAsync(_folder.Path, ["produce", "--events", "3000", "--seed", "1"]);
            Assert.True(sent.ExitCode == 0, sent.ToString());
            await first.SignalAsync("KILL");
            await first.WaitAsync();
        }

        using var second = AnalyticsCommand.Start(_folder.Path, arguments, readyLine: "Stop with Ctrl-C.");
        await second.ReadyAsync();
        var more = await AnalyticsCommand.RunAsync(_folder.Path, ["produce", "--events", "500", "--seed", "2"]);
        Assert.True(more.ExitCode == 0, more.ToString());

        using var pipeline = LocalPipeline.Read(_folder);
        Assert.Equal(3_500, await Eventually.GetAsync(() => pipeline.CountItemsAsync("ResultsTable"), count => count >= 3_500));
        using var services = new LocalServices(_folder.Path);
        Assert.Empty(await services.ReceiveAsync(services.Resource("FailuresQueue")));
        await second.InterruptAsync();
        Assert.Equal(0, (await second.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task FaultsDuringUpAreReportedAtStartAndEnd()
    {
        using var up = AnalyticsCommand.Start(
            _folder.Path,
            [
                .. Up, "--parameter", "BatchSize=100", "--parameter", "MaximumBatchingWindow=1", "--parameter", "MaximumRetryAttempts=10",
                "--faults", "seed=5,kill=4,throttle=4,lost-reply=4,duplicate=4,split=1,merge=1", "--fault-invocations", "10",
            ],
            readyLine: "Stop with Ctrl-C.");
        await up.ReadyAsync();
        var produced = await AnalyticsCommand.RunAsync(_folder.Path, ["produce", "--events", "4000"]);
        Assert.True(produced.ExitCode == 0, produced.ToString());
        await Eventually.GetAsync(
            () => InvocationCounts.ReadAsync(_folder.Path), invocations => invocations.Count == 4 && invocations.Values.All(count => count >= 30));
        using var pipeline = LocalPipeline.Read(_folder);
        await Eventually.GetAsync(() => pipeline.CountItemsAsync("ResultsTable"), count => count == 4_000);
        await Eventually.GetAsync(
            () => AnalyticsCommand.RunAsync(_folder.Path, ["audit"]),
            audit => audit.Output.StartsWith("0 differences among ", StringComparison.Ordinal)
                && audit.Output.Contains("compared with 4,000 archived events", StringComparison.Ordinal));

        await up.InterruptAsync();
        var stopped = await up.WaitAsync();
        Assert.True(stopped.ExitCode == 0, stopped.ToString());
        Assert.Contains(
            "Faults over the first 10 invocations of each function: 2 kill-before, 1 kill-during, 1 kill-after, 4 throttle, 4 lost-reply, 4 duplicate, 1 split, 1 merge.",
            stopped.Output,
            StringComparison.Ordinal);
        foreach (var (fault, number) in new[] { ("kill-before", 2), ("kill-during", 1), ("kill-after", 1), ("throttle", 4), ("lost-reply", 4), ("duplicate", 4), ("split", 1), ("merge", 1) })
        {
            Assert.Matches($@"(?m)^{fault} +{number} +{number}$", stopped.Output);
        }
    }

    [Fact]
    public async Task AFunctionThatFailsPrintsItsErrorAndEndsWithOne()
    {
        var result = await AnalyticsCommand.RunAsync(
            _folder.Path, ["invoke", "Archive", "-", "--template", PipelineTemplate.Shipped], input: """{"Records":"none"}""");

        Assert.Equal(1, result.ExitCode);
        using var error = JsonDocument.Parse(result.Output);
        Assert.False(string.IsNullOrEmpty(error.RootElement.GetProperty("errorType").GetString()));
        Assert.Contains("Archive failed (Unhandled)", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private static string Sample(string name) => Path.Combine(Repository.Root, "events", name + ".json");
}
