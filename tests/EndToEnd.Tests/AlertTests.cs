using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary>Alerts received by a queue subscribed to the topic, under faults of processes, calls and deliveries.</summary>
public sealed class AlertTests : IDisposable
{
    private const string Faults = "seed=5,kill=8,throttle=10,error=5,lost-reply=10,duplicate=5,regroup=5";
    private readonly TemporaryFolder _folder = new();
    private readonly PipelineTemplate _template = new();
    private string _templateFile = PipelineTemplate.Shipped;

    public void Dispose()
    {
        _folder.Dispose();
        _template.Dispose();
    }

    [Fact]
    public async Task OnlyMatchingOrdersAreAlertedDespiteFaults()
    {
        var events = Enumerable.Range(0, 4_000).Select(number =>
            $$"""{"event_type":"purchase","order":{{number}},"amount":{{(number % 80 == 0 ? 501 : 500)}},"user_id":"u-{{number}}"}""");
        var alerts = await RunAsync(events, "--faults", Faults);

        // A crash between publishing and marking sends an alert again, with the same id.
        var users = alerts.DistinctBy(alert => alert.GetProperty("id").GetString()).Select(alert => alert.GetProperty("fields").GetProperty("user_id").GetString()!);
        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"u-{number * 80}").Order(StringComparer.Ordinal), users.Order(StringComparer.Ordinal));
        Assert.InRange(alerts.Count, 50, 60);
    }

    [Fact]
    public async Task AFloodWithKillsInItsMidstSendsOneAlertAndLosesNoCount()
    {
        await UseDefinitionsAsync(definitions => definitions.Replace(
            "\"subject\": \"High-Value Order Detected\",", "\"subject\": \"High-Value Order Detected\", \"cooldown\": { \"period\": \"1h\" },", StringComparison.Ordinal));
        var events = Enumerable.Range(0, 5_000).Select(number => $$"""{"event_type":"purchase","amount":501,"user_id":"u-{{number}}"}""");
        var alerts = await RunAsync(events, "--faults", Faults);

        var alert = Assert.Single(alerts.DistinctBy(alert => alert.GetProperty("id").GetString()));
        Assert.Equal(0, alert.GetProperty("held_back").GetInt64());
    }

    [Fact]
    public async Task ErrorSpikeIsOneAlertUnderFaults()
    {
        // A minute that is closed by the arrival of its events. Only the run at the end evaluates it: one that came earlier would begin with a later minute.
        var minute = DateTimeOffset.UtcNow.AddMinutes(-20);
        _template.Unschedule("Anomalies");
        _templateFile = await _template.WriteAsync();
        var events = Enumerable.Range(0, 600).Select(number =>
            $$"""{"event_type":"error","error_code":"E{{number % 7}}","timestamp":"{{(number < 500 ? minute : minute.AddMinutes(number % 10)):yyyy-MM-ddTHH:mm}}:00Z"}""");
        var alert = Assert.Single((await RunForAsync("Error Spike Detected", events, "--faults", Faults)).DistinctBy(alert => alert.GetProperty("id").GetString()));

        Assert.Equal($"error_spike:{minute:yyyy-MM-ddTHH:mm}Z", alert.GetProperty("id").GetString());
        Assert.Equal(("error_spike", "critical", 510), (alert.GetProperty("rule").GetString(), alert.GetProperty("severity").GetString(), alert.GetProperty("value").GetInt32()));
        Assert.Equal(50, alert.GetProperty("expected").GetProperty("high").GetInt32());

        // The newest window of each total is four metrics.
        var metrics = new RunOutput(_folder.Combine("out")).Metrics
            .Where(metric => metric.GetProperty("dimensions").TryGetProperty("Rule", out var rule) && rule.GetString() == "error_rate_anomaly")
            .Select(metric => metric.GetProperty("metric").GetString());
        Assert.Equal(["AnomalyScore", "ExpectedHigh", "ExpectedLow", "WindowValue"], metrics.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task HostileFieldsStayWithinTheirMessage()
    {
        string[] texts =
        [
            "<script>alert(1)</script>", "x\r\nSubject: forged\r\n\r\n", "\u202egnp.exe", "{amount}{{user_id}}", "\",\"rule\":\"forged", "\u0000\u0007\u001b[31m",
            "https://evil.example/", new string('x', 120_000), "a\u2028b", "\ud83d\ude00",
        ];
        // Longer or further text exceeds the limits of an event and is quarantined.
        var events = texts.Select(text => JsonSerializer.Serialize(text.Length > 10_000
            ? (object)new { event_type = "purchase", amount = 501, user_id = text }
            : new { event_type = "purchase", amount = 501, user_id = text, product_id = text, currency = text, event_id = text, timestamp = text }));
        var alerts = await RunAsync([.. events, "{\"event_type\":\"purchase\",\"amount\":502,\"user_id\":\"\\ud800\"}"]);

        Assert.Equal(texts.Length + 1, alerts.Count);
        Assert.All(alerts, alert => Assert.Equal(("high_value_order", "High-Value Order Detected"), (alert.GetProperty("rule").GetString(), alert.GetProperty("subject").GetString())));
        Assert.All(texts, text => Assert.Contains(alerts, alert => alert.GetProperty("fields").GetProperty("user_id").GetString() == text[..Math.Min(text.Length, 512)]));
        Assert.All(alerts, alert => Assert.DoesNotContain("://evil", alert.GetProperty("text").GetString(), StringComparison.Ordinal));
    }

    private async Task UseDefinitionsAsync(Func<string, string> change)
    {
        var definitions = Repository.Read("definitions.json");
        var changed = change(definitions);
        Assert.NotEqual(definitions, changed);
        await File.WriteAllTextAsync(_folder.Combine("definitions.json"), changed);
        var built = _folder.Combine("built");
        using (var make = Process.Start(new ProcessStartInfo("make", ["-s", "-C", Repository.Root, "build-Alerts", $"ARTIFACTS_DIR={built}", "MANAGED=1"]))!)
        {
            await make.WaitForExitAsync();
            Assert.Equal(0, make.ExitCode);
        }

        _template.SetCode("Alerts", built, ("DEFINITIONS_FILE", _folder.Combine("definitions.json")));
        _templateFile = await _template.WriteAsync();
    }

    private Task<List<JsonElement>> RunAsync(IEnumerable<string> events, params string[] arguments) =>
        RunForAsync("High-Value Order Detected", events, arguments);

    private async Task<List<JsonElement>> RunForAsync(string subject, IEnumerable<string> events, params string[] arguments)
    {
        await File.WriteAllLinesAsync(_folder.Combine("events.ndjson"), events, new UTF8Encoding(false));
        var result = await AnalyticsCommand.RunAsync(_folder.Path,
        [
            "run", "--template", _templateFile, "--from", "events.ndjson", "--out", "out", "--json",
            "--parameter", "BatchSize=100", "--parameter", "MaximumBatchingWindow=1", "--parameter", "MaximumRetryAttempts=20", .. arguments,
        ]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return
        [
            .. new RunOutput(_folder.Combine("out")).Alerts.Select(alert =>
            {
                Assert.Equal(subject, alert.GetProperty("Subject").GetString());
                using var message = JsonDocument.Parse(alert.GetProperty("Message").GetString()!);
                Assert.Equal(message.RootElement.GetProperty("id").GetString(), alert.GetProperty("MessageAttributes").GetProperty("id").GetProperty("Value").GetString());
                return message.RootElement.Clone();
            }),
        ];
    }
}
