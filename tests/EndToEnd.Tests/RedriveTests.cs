using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary>A function with a bug, and the redrive of its failed records.</summary>
public sealed class RedriveTests : IDisposable
{
    private const int Good = 297;
    private const int Bad = 3;
    private const int Functions = 4;
    private const string Marker = "poison";
    private const string Inbox = "inbox";
    private static readonly string[] Quick = ["--parameter", "MaximumRetryAttempts=1", "--parameter", "MaximumBatchingWindow=1"];

    private static readonly string[] Events = [.. Enumerable.Range(0, Good + Bad).Select(Event)];

    private readonly TemporaryFolder _folder = new();
    private readonly PipelineTemplate _template = new();
    private readonly Dictionary<string, string> _alerts = [];

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
            _folder.Path, ["up", "--data", data, "--template", await PlantBugAsync("Archive", "Counters", "Alerts", "Results"), .. Quick], readyLine: "Stop with Ctrl-C."))
        {
            await broken.ReadyAsync();
            await SubscribeAsync();
            var produced = await RunAsync("produce", "--from", WriteEvents());
            Assert.True(produced.ExitCode == 0, produced.ToString());

            var listed = await Eventually.GetAsync(() => RunAsync("failures", "list", "--json"), list => Lines(list).Count == Functions * Bad);
            Assert.All(Lines(listed), line =>
            {
                using var failure = JsonDocument.Parse(line);
                Assert.Equal(1, failure.RootElement.GetProperty("batchSize").GetInt32());
                Assert.Equal("RetryAttemptsExhausted", failure.RootElement.GetProperty("condition").GetString());
                Assert.Equal("Unhandled", failure.RootElement.GetProperty("functionError").GetString());
            });
            using var pipeline = LocalPipeline.Read(_folder);
            await Eventually.GetAsync(() => pipeline.CountItemsAsync("ResultsTable"), count => count == Good);
            var flowed = Events.Where(line => !HasMarker(line)).Order(StringComparer.Ordinal).ToList();
            await Eventually.GetAsync(ArchivedAsync, archived => archived.SequenceEqual(flowed));

            var shown = await RunAsync("failures", "show");
            Assert.Equal(Functions * Bad, Lines(shown).Count);
            Assert.All(Lines(shown), line => Assert.Contains(Marker, line, StringComparison.Ordinal));

            var again = await RunAsync("failures", "redrive");
            Assert.Equal(1, again.ExitCode);
            Assert.Equal(Functions * Bad, Lines(again).Count(line => line.Contains("stays, as Unhandled", StringComparison.Ordinal)));
            Assert.Equal(Functions * Bad, Lines(await RunAsync("failures", "list", "--json")).Count);

            await Eventually.GetAsync(AlertedAsync, alerted => alerted.SequenceEqual(GetAlerts(flowed)));
            await broken.InterruptAsync();
            await broken.WaitAsync();
        }

        using var mended = AnalyticsCommand.Start(
            _folder.Path, ["up", "--data", data, "--template", PipelineTemplate.Shipped, .. Quick], readyLine: "Stop with Ctrl-C.");
        await mended.ReadyAsync();
        await SubscribeAsync();
        await RedriveAsync(Bad, "--function", "Results");

        // Counters are audited against the archive, which is not complete yet.
        var early = await RunAsync("failures", "redrive", "--function", "Counters");
        Assert.Equal(1, early.ExitCode);
        Assert.Equal(Bad, Lines(early).Count(line => line.Contains("stays, as the archive", StringComparison.Ordinal)));
        await RedriveAsync(Bad, "--function", "Archive");

        // Later batches were counted, so the audit reports the failed records as missing.
        var missing = await RunAsync("audit");
        Assert.True(missing.ExitCode == 1, missing.ToString());
        Assert.Contains(" differences among ", missing.Output, StringComparison.Ordinal);
        Assert.Contains(" are in the archive but not counted.", missing.Output, StringComparison.Ordinal);
        var outOfOrder = await RunAsync("replay", "--from", DateTime.UtcNow.AddHours(-1).ToString("O", CultureInfo.InvariantCulture), "--function", "Counters");
        Assert.True(outOfOrder.ExitCode != 0, outOfOrder.ToString());
        Assert.Contains("processes records only in order", outOfOrder.Error, StringComparison.Ordinal);
        await RedriveAsync(2 * Bad);
        Assert.Contains("The failures queue is empty.", (await RunAsync("failures", "list")).Output, StringComparison.Ordinal);

        var audited = await RunAsync("audit");
        Assert.True(audited.ExitCode == 0, audited.ToString());
        Assert.StartsWith("0 differences among ", audited.Output, StringComparison.Ordinal);
        Assert.Contains($"compared with {Good + Bad} archived events", audited.Output, StringComparison.Ordinal);
        Assert.Equal(Events.Order(StringComparer.Ordinal), await ArchivedAsync());
        Assert.Equal(GetAlerts(Events), await AlertedAsync());
        using var whole = LocalPipeline.Read(_folder);
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

    [Fact]
    public async Task MessagesHeldByAKilledCommandAreCountedAndReported()
    {
        using var up = AnalyticsCommand.Start(_folder.Path, ["up", "--template", PipelineTemplate.Shipped], readyLine: "Stop with Ctrl-C.");
        await up.ReadyAsync();
        using var services = new LocalServices(_folder.Path);
        var queue = services.Resource("FailuresQueue");
        await services.SendAsync(queue, "first");
        await services.SendAsync(queue, "second");

        // Received and neither released nor deleted, as a killed command leaves them.
        Assert.Equal(2, (await services.ReceiveAsync(queue)).Count);

        var listed = await RunAsync("failures", "list");
        Assert.Equal((0, "The failures queue shows no batches.\n"), (listed.ExitCode, listed.Output));
        Assert.Matches("^2 messages are hidden because another command received them. If it was stopped, they become visible at the latest at [0-9: -]{19} UTC.\n$", listed.Error);
        var redriven = await RunAsync("failures", "redrive");
        Assert.Equal((1, "The failures queue shows nothing to redrive.\n"), (redriven.ExitCode, redriven.Output));
        Assert.Contains("2 messages are hidden", redriven.Error, StringComparison.Ordinal);

        await up.InterruptAsync();
        await up.WaitAsync();
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => AnalyticsCommand.RunAsync(_folder.Path, arguments);

    /// <summary>Every tenth event matches an alert, including those with the marker.</summary>
    private static string Event(int i)
    {
        var type = i % 10 == 0 ? "purchase" : "click";
        var session = i % 100 == 50 ? Marker : "fine";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"event_id":"e{{i}}","event_type":"{{type}}","amount":{{1_000 + i}}.50,"currency":"EUR","user_id":"u{{i % 20}}","session_id":"{{session}}"}""");
    }

    private static List<string> Lines(CommandResult result) => [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static bool HasMarker(string line) => line.Contains(Marker, StringComparison.Ordinal);

    private static IEnumerable<string> GetAlerts(IEnumerable<string> events) => events
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(line => line.GetProperty("event_type").GetString() == "purchase")
        .Select(line => line.GetProperty("event_id").GetString()!)
        .Order(StringComparer.Ordinal);

    private async Task SubscribeAsync()
    {
        using var services = new LocalServices(_folder.Path);
        await services.SubscribeQueueAsync(services.Resource("AlertsTopic"), Inbox);
    }

    private async Task RedriveAsync(int batches, params string[] options)
    {
        var redriven = await RunAsync(["failures", "redrive", .. options]);
        Assert.True(redriven.ExitCode == 0, redriven.ToString());
        Assert.Contains($"Redrove {batches} of {batches} batches.", redriven.Output, StringComparison.Ordinal);
    }

    /// <summary>The archived events, byte for byte.</summary>
    private async Task<List<string>> ArchivedAsync()
    {
        var result = await RunAsync("query", "--json", "SELECT original_data FROM events");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var rows = JsonDocument.Parse(result.Output);
        return [.. rows.RootElement.EnumerateArray().Select(row => row.GetProperty("original_data").GetString()!).Order(StringComparer.Ordinal)];
    }

    /// <summary>The events of all alerts, including repetitions.</summary>
    private async Task<List<string>> AlertedAsync()
    {
        using var services = new LocalServices(_folder.Path);
        var inbox = await services.QueueUrlAsync(Inbox);
        while (await services.ReceiveAsync(inbox) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                using var notification = JsonDocument.Parse(message);
                using var alert = JsonDocument.Parse(notification.RootElement.GetProperty("Message").GetString()!);
                // A message received twice has the same id; one published twice has two.
                _alerts[notification.RootElement.GetProperty("MessageId").GetString()!] = alert.RootElement.GetProperty("event").GetProperty("event_id").GetString()!;
            }
        }

        return [.. _alerts.Values.Order(StringComparer.Ordinal)];
    }

    private string WriteEvents()
    {
        var file = _folder.Combine("events.ndjson");
        File.WriteAllLines(file, Events);
        return file;
    }

    /// <summary>The template with functions behind PlantedBug/bootstrap; everything else unchanged.</summary>
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
                ("PLANTED_MARKER", Marker));
        }

        return await _template.WriteAsync();
    }
}
