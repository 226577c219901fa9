using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary>A function with a bug, and the way back of what it failed on.</summary>
public sealed class RedriveTests : IDisposable
{
    private const int Good = 297;
    private const int Bad = 3;
    private static readonly string[] Quick = ["--parameter", "MaximumRetryAttempts=1", "--parameter", "MaximumBatchingWindow=1"];
    private readonly TemporaryFolder _folder = new();
    private readonly PipelineTemplate _template = new();

    public void Dispose()
    {
        _folder.Dispose();
        _template.Dispose();
    }

    [Fact]
    public async Task BisectionIsolatesTheRecordsOfABugAndRedriveBringsThemBackWhenItIsMended()
    {
        var data = _folder.Combine("data");
        using (var broken = AnalyticsCommand.Start(
            _folder.Path, ["up", "--data", data, "--template", await PlantBugAsync("Results", "Counters"), .. Quick], readyLine: "Stop with Ctrl-C."))
        {
            await broken.ReadyAsync();
            var produced = await RunAsync("produce", "--from", WriteEvents());
            Assert.True(produced.ExitCode == 0, produced.ToString());

            var listed = await LocalPipeline.UntilAsync(() => RunAsync("failures", "list", "--json"), list => Lines(list).Count == 2 * Bad);
            Assert.All(Lines(listed), line =>
            {
                using var failure = JsonDocument.Parse(line);
                Assert.Equal(1, failure.RootElement.GetProperty("batchSize").GetInt32());
                Assert.Equal("RetryAttemptsExhausted", failure.RootElement.GetProperty("condition").GetString());
                Assert.Equal("Unhandled", failure.RootElement.GetProperty("functionError").GetString());
            });
            using var pipeline = LocalPipeline.Of(_folder);
            await LocalPipeline.UntilAsync(() => pipeline.CountItemsAsync("ResultsTable"), count => count == Good);

            var shown = await RunAsync("failures", "show");
            Assert.Equal(2 * Bad, Lines(shown).Count);
            Assert.All(Lines(shown), line => Assert.Contains("poison", line, StringComparison.Ordinal));

            var again = await RunAsync("failures", "redrive");
            Assert.Equal(1, again.ExitCode);
            Assert.Equal(2 * Bad, Lines(again).Count(line => line.Contains("stays, as Unhandled", StringComparison.Ordinal)));
            Assert.Equal(2 * Bad, Lines(await RunAsync("failures", "list", "--json")).Count);

            // Later batches counted on, so the audit misses the records that the function gave up.
            var missing = await RunAsync("audit");
            Assert.True(missing.ExitCode == 1, missing.ToString());
            Assert.Contains(" differences among ", missing.Output, StringComparison.Ordinal);

            await broken.InterruptAsync();
            await broken.WaitAsync();
        }

        using var mended = AnalyticsCommand.Start(
            _folder.Path, ["up", "--data", data, "--template", Repository.Template, .. Quick], readyLine: "Stop with Ctrl-C.");
        await mended.ReadyAsync();
        var redriven = await RunAsync("failures", "redrive", "--function", "Results");
        Assert.True(redriven.ExitCode == 0, redriven.ToString());
        Assert.Contains($"Redrove {Bad} of {Bad} batches.", redriven.Output, StringComparison.Ordinal);
        var counted = await RunAsync("failures", "redrive");
        Assert.True(counted.ExitCode == 0, counted.ToString());
        Assert.Contains($"Redrove {Bad} of {Bad} batches.", counted.Output, StringComparison.Ordinal);
        var audited = await RunAsync("audit");
        Assert.True(audited.ExitCode == 0, audited.ToString());
        Assert.StartsWith("0 differences among ", audited.Output, StringComparison.Ordinal);
        Assert.Contains($"by {Good + Bad} events of the archive", audited.Output, StringComparison.Ordinal);
        Assert.Contains("The failures queue holds no batch.", (await RunAsync("failures", "list")).Output, StringComparison.Ordinal);
        using var whole = LocalPipeline.Of(_folder);
        Assert.Equal(Good + Bad, await whole.CountItemsAsync("ResultsTable"));

        foreach (var source in (string[])["stream", "archive"])
        {
            var replayed = await RunAsync("replay", "--from", DateTime.UtcNow.AddHours(-1).ToString("O", CultureInfo.InvariantCulture), "--source", source, "--function", "Results");
            Assert.True(replayed.ExitCode == 0, replayed.ToString());
            Assert.Matches($@"analytics-Results +{Good + Bad} ", replayed.Output);
            Assert.Equal(Good + Bad, await whole.CountItemsAsync("ResultsTable"));
        }

        await mended.InterruptAsync();
        await mended.WaitAsync();
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => AnalyticsCommand.RunAsync(_folder.Path, arguments);

    private static List<string> Lines(CommandResult result) => [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private string WriteEvents()
    {
        var file = _folder.Combine("events.ndjson");
        File.WriteAllLines(file, Enumerable.Range(0, Good + Bad).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"event_id":"e{{i}}","event_type":"click","user_id":"u{{i % 20}}","session_id":"{{(i % 100 == 50 ? "poison" : "fine")}}"}""")));
        return file;
    }

    /// <summary>The template with functions behind PlantedBug/bootstrap; everything else is as it was.</summary>
    private async Task<string> PlantBugAsync(params string[] functions)
    {
        foreach (var function in functions)
        {
            var real = _folder.Combine($"real/{function}");
            using (var make = Process.Start(new ProcessStartInfo("make", ["-s", "-C", Repository.Root, $"build-{function}", $"ARTIFACTS_DIR={real}", "MANAGED=1"]))!)
            {
                await make.WaitForExitAsync();
                Assert.Equal(0, make.ExitCode);
            }

            _template.SetCode(
                function,
                Path.Combine(Repository.Root, "tests/EndToEnd.Tests/PlantedBug"),
                ("PLANTED_FUNCTION", $"{real}/bootstrap"),
                ("PLANTED_MARKER", "poison"));
        }

        return await _template.WriteAsync();
    }
}
