using System.Text;
using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary><c>analytics run</c>, verified from its output files.</summary>
[Collection(SampleRunTests.Name)]
public sealed class RunTests(SampleRun sample) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EverySampleEventIsArchivedCountedAndKept()
    {
        var output = sample.Output;

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(sample.Folder, "out/summary.json")), sample.Result.Output);
        Assert.Equal(SampleRun.Events, output.Number("sent"));
        Assert.Equal(2_000, output.Number("archived"));
        Assert.Equal(2_000, output.Archived.Count);
        Assert.Equal(0, output.Number("quarantined"));
        Assert.Empty(output.Quarantined);
        Assert.Equal(2_000, output.Number("results"));
        Assert.Equal(2_000, output.Results.Count);
        Assert.Equal(0, output.Number("lost"));
        Assert.Equal(0, output.Number("failures"));
        Assert.Empty(output.Failures);
        Assert.Empty(output.Summary.GetProperty("differences").EnumerateArray());

        var expensive = output.Archived.Count(line => GetEventType(line) == "purchase" && GetAmount(line) > 500);
        Assert.True(expensive > 0);
        Assert.Equal(expensive, output.Number("alerts"));
        Assert.Equal(expensive, output.Alerts.Count);
        Assert.All(output.Alerts, alert => Assert.Equal("High-Value Order Detected", alert.GetProperty("Subject").GetString()));

        foreach (var type in output.Archived.GroupBy(GetEventType))
        {
            Assert.Equal(type.Count(), Count(output, "events", "minute", type.Key));
            Assert.Equal(type.Count(), Count(output, "events", "hour", type.Key));
        }

        foreach (var name in (string[])["Archive", "Counters", "Alerts", "Results"])
        {
            var function = output.Summary.GetProperty("functions").GetProperty(name);
            Assert.Equal(0, function.GetProperty("errors").GetInt64());
            Assert.True(function.GetProperty("invocations").GetInt64() > 0);
            Assert.InRange(function.GetProperty("records").GetInt64(), 1_500, 2_000);
        }

        // One put per batch; an environment that is new to a shard also puts the definitions and the shard.
        var counters = output.Summary.GetProperty("functions").GetProperty("Counters");
        var invocations = counters.GetProperty("invocations").GetInt64();
        Assert.InRange(counters.GetProperty("awsCalls").GetProperty("dynamodb:PutItem").GetInt64(), invocations, 3 * invocations);
        Assert.True(output.Summary.GetProperty("functions").GetProperty("Rollup").GetProperty("invocations").GetInt64() > 0);
        Assert.True(output.Summary.GetProperty("functions").GetProperty("Anomalies").GetProperty("invocations").GetInt64() > 0);

        Assert.Equal([".analytics", "out"], Directory.EnumerateFileSystemEntries(sample.Folder).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task TheConditionsOfTheTemplateHoldHereToo()
    {
        var output = await RunAsync("--events", "500", "--parameter", "ReplicaRegion=us-east-1", "--parameter", "ResultsEnabled=false");

        Assert.Equal(500, output.Number("archived"));
        Assert.Equal(500, output.Number("replicated"));
        Assert.Equal(JsonValueKind.Null, output.Summary.GetProperty("results").ValueKind);
        Assert.Empty(output.Summary.GetProperty("differences").EnumerateArray());
        Assert.Equal(
            ["Alerts", "Anomalies", "Archive", "Counters", "Replicator", "Rollup"],
            output.Summary.GetProperty("functions").EnumerateObject().Select(function => function.Name).Order());
    }

    [Fact]
    public async Task MalformedRecordsAreKeptByteForByteAndBlockNothing()
    {
        var good = Enumerable.Range(0, 1_000).Select(i => Encoding.UTF8.GetBytes($"{{\"event_type\":\"page_view\",\"user_id\":\"u{i % 50}\",\"page_url\":\"/p{i % 10}\",\"n\":{i}}}")).ToList();
        byte[][] kinds =
        [
            "this is not JSON"u8.ToArray(),
            "42"u8.ToArray(),
            "[1,2,3]"u8.ToArray(),
            [.. "{\"user_id\":\""u8, 0xC3, 0x28, .. "\"}"u8],
            [],
            Encoding.UTF8.GetBytes(new string('x', 1_048_576)),
            Encoding.UTF8.GetBytes(new string('[', 200) + new string(']', 200)),
        ];
        var malformed = Enumerable.Range(0, 100).Select(i => kinds[i % kinds.Length]).ToList();
        var lines = new List<byte[]>();
        for (var i = 0; i < 1_000; i++)
        {
            lines.Add(good[i]);
            if (i % 10 == 5)
            {
                lines.Add(malformed[i / 10]);
            }
        }

        var file = _folder.Combine("mixed.ndjson");
        await File.WriteAllBytesAsync(file, [.. lines.SelectMany(line => line.Append((byte)'\n'))]);
        var output = await RunAsync("--from", file);

        Assert.Equal(1_100, output.Number("sent"));
        Assert.Equal(1_000, output.Number("archived"));
        Assert.Equal(100, output.Number("quarantined"));
        Assert.Equal(0, output.Number("lost"));
        Assert.Equal(
            good.Select(Encoding.UTF8.GetString).Order(StringComparer.Ordinal),
            output.Archived.Select(line => line.GetProperty("original_data").GetRawText()).Order(StringComparer.Ordinal));
        Assert.Equal(
            malformed.Select(Convert.ToBase64String).Order(StringComparer.Ordinal),
            output.Quarantined.Select(line => line.GetProperty("data").GetString()!).Order(StringComparer.Ordinal));

        // The reason of each quarantined record; the 1 MB text exceeds the size limit of an event first.
        var reasons = output.Quarantined.GroupBy(line => line.GetProperty("data").GetString()!)
            .ToDictionary(group => group.Key, group => group.Select(line => line.GetProperty("reason").GetString()).Distinct().Single());
        Assert.Equal(
            ["not_json", "not_an_object", "not_an_object", "invalid_utf8", "empty", "too_large", "too_deep"],
            kinds.Select(kind => reasons[Convert.ToBase64String(kind)]));
    }

    [Fact]
    public async Task LineTooLargeForAStreamIsReportedAndAnUnusableCounterValueIsMeasured()
    {
        var file = _folder.Combine("large.ndjson");
        await File.WriteAllTextAsync(file, $$"""
            {"event_type":"purchase","amount":"12,50"}
            {{new string('x', 1_048_577)}}

            """);
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["run", "--from", file, "--out", "out", "--template", PipelineTemplate.Shipped]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("1 too large to send", result.Output, StringComparison.Ordinal);
        var output = new RunOutput(_folder.Combine("out"));
        Assert.Equal((1, 1, 1), (output.Number("sent"), output.Number("archived"), output.Number("tooLarge")));
        var unused = output.Summary.GetProperty("unused").GetProperty("revenue");
        Assert.Equal("""{"not_a_number":1}""", JsonSerializer.Serialize(unused));
        var metric = Assert.Single(output.Metrics, metric => metric.GetProperty("metric").GetString() == "UnusedValues" && metric.GetRawText().Contains("\"revenue\"", StringComparison.Ordinal));
        Assert.Equal(1, metric.GetProperty("sum").GetDouble());
        Assert.Equal("""{"Counter":"revenue","Reason":"not_a_number","Service":"counters"}""", metric.GetProperty("dimensions").GetRawText());
    }

    [AccessLogFact]
    public async Task TheCountersOfAnAccessLogEqualACountOfItsLines()
    {
        var output = await RunAsync("--from", AccessLogFactAttribute.Path);

        // The counts of a shell one-liner: fields between spaces and quotes.
        var lines = await File.ReadAllLinesAsync(AccessLogFactAttribute.Path);
        var parsed = lines.Select(line => (
            Path: line.Split(' ')[6].Split('?')[0],
            Status: line.Split('"')[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])).ToList();
        var views = parsed.Where(line => string.CompareOrdinal(line.Status, "400") < 0).CountBy(line => line.Path).ToDictionary();
        var errors = parsed.Where(line => string.CompareOrdinal(line.Status, "400") >= 0).CountBy(line => line.Status).ToDictionary();

        Assert.Equal(lines.Length, output.Number("archived"));
        Assert.Equal(0, output.Number("lost"));
        Assert.Equal(views.Values.Sum(), Count(output, "page_views_total", "day"));
        Assert.Equal(views.Values.Sum(), Count(output, "page_views_total", "minute"));
        Assert.Equal(Sorted(views), Sorted(Totals(output, "page_views", "day")));
        Assert.Equal(Sorted(errors), Sorted(Totals(output, "errors", "hour")));
    }

    [NativeFact]
    public async Task TheNativeExecutablesDoTheSame()
    {
        // In the repository, where make has built them.
        var folder = _folder.Combine("out");
        var result = await AnalyticsCommand.RunAsync(Repository.Root, ["run", "--native", "--events", "2000", "--out", folder]);

        Assert.True(result.ExitCode == 0, result.ToString());
        var output = new RunOutput(folder);
        Assert.Equal((2_000, 2_000, 0, 0), (output.Number("sent"), output.Number("archived"), output.Number("lost"), output.Number("failures")));
        Assert.Equal(2_000, output.Archived.Count);
    }

    private static string? GetEventType(JsonElement line) => line.GetProperty("event_type").GetString();

    private static decimal GetAmount(JsonElement line)
    {
        var json = line.GetProperty("original_data");
        return json.TryGetProperty("amount", out var amount) || json.GetProperty("data").TryGetProperty("amount", out amount) ? amount.GetDecimal() : 0;
    }

    private static IEnumerable<JsonElement> GetLines(RunOutput output, string counter, string window) => output.Counters.Where(line =>
        line.GetProperty("counter").GetString() == counter && line.GetProperty("window").GetString() == window);

    private static long Count(RunOutput output, string counter, string window, string? value = null) => GetLines(output, counter, window)
        .Where(line => value is null || line.GetProperty("values")[0].GetString() == value)
        .Sum(line => line.GetProperty("count").GetInt64());

    private static IEnumerable<KeyValuePair<string, int>> Sorted(Dictionary<string, int> totals) => totals.OrderBy(total => total.Key, StringComparer.Ordinal);

    private static Dictionary<string, int> Totals(RunOutput output, string counter, string window) => GetLines(output, counter, window)
        .GroupBy(line => line.GetProperty("value").GetString()!)
        .ToDictionary(group => group.Key, group => (int)group.Sum(line => line.GetProperty("count").GetInt64()));

    private async Task<RunOutput> RunAsync(params string[] arguments)
    {
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["run", "--json", "--out", "out", "--template", PipelineTemplate.Shipped, .. arguments]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(await File.ReadAllTextAsync(_folder.Combine("out/summary.json")), result.Output);
        return new RunOutput(_folder.Combine("out"));
    }
}

/// <summary>A test on the access log of ../shared/data; skipped with a reason where the log does not exist.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AccessLogFactAttribute : FactAttribute
{
    public AccessLogFactAttribute()
    {
        if (!File.Exists(Path))
        {
            Skip = $"{Path} is not there";
        }
    }

    public static string Path { get; } = System.IO.Path.GetFullPath("../shared/data/weblogs/access.log", Repository.Root);
}
