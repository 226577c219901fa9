using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary>DuckDB finds exactly the sent events: in the archive, with duplicates, and in its compacted Parquet.</summary>
public sealed class QueryTests : IDisposable
{
    private const string Payloads = "SELECT original_data, original_base64 FROM events";
    private const string Quarantined = "SELECT data, reason FROM quarantine";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheViewHoldsEachRecordOnceAndByteForByteAfterReplayAndCompactionToo()
    {
        var (good, malformed) = Records(600, 40);
        var start = DateTimeOffset.UtcNow;
        using var pipeline = AnalyticsCommand.Start(_folder.Path, ["up", "--template", PipelineTemplate.Shipped], readyLine: "Stop with Ctrl-C.");
        await pipeline.ReadyAsync();
        await ProduceAsync(good);
        await ProduceAsync(malformed, good.Count);
        await ProduceAsync(good, good.Count + malformed.Count);
        good = [.. good, .. good];
        await AssertHoldsAsync(good, malformed);

        // The replay combines what arrived in three parts: objects overlap from here on.
        await RunAsync("replay", "--from", start.ToString("O", CultureInfo.InvariantCulture), "--function", "Archive");
        Assert.InRange(await CountAsync("SELECT count(*) AS n FROM events_raw"), good.Count + 1, 10L * good.Count);
        await AssertHoldsAsync(good, malformed);

        await EachDayAsync(start, "--unfinished");
        Assert.InRange(await CountAsync("SELECT count(*) AS n FROM events_raw"), (2 * good.Count) + 1, 10L * good.Count);
        await AssertHoldsAsync(good, malformed);

        await EachDayAsync(start, "--unfinished", "--delete-originals");
        Assert.Equal(good.Count, await CountAsync("SELECT count(*) AS n FROM events_raw"));
        await AssertHoldsAsync(good, malformed);

        string[][] readersOfObjects =
        [
            ["audit"],
            ["replay", "--from", start.ToString("O", CultureInfo.InvariantCulture), "--source", "archive", "--function", "Results"],
        ];
        foreach (var command in readersOfObjects)
        {
            var refused = await AnalyticsCommand.RunAsync(_folder.Path, command);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("were deleted after compaction", refused.Error, StringComparison.Ordinal);
        }

        await pipeline.InterruptAsync();
        await pipeline.WaitAsync();
    }

    [Fact]
    public async Task TheViewContainsEachRecordOnceByteForByteDespiteFaults()
    {
        var (good, malformed) = Records(4_800, 200);
        await WriteAsync("sent.ndjson", good.Chunk(24).Zip(malformed).SelectMany(some => some.First.Append(some.Second)));
        var run = await RunAsync(
            "run", "--from", "sent.ndjson", "--out", "out", "--template", PipelineTemplate.Shipped,
            "--parameter", "BatchSize=100", "--parameter", "MaximumBatchingWindow=1", "--parameter", "MaximumRetryAttempts=10",
            "--faults", "seed=11,kill=15,throttle=10,error=5,lost-reply=15,duplicate=15,regroup=15,split=1,merge=1");
        Assert.False(run.Output.Contains("found no place", StringComparison.Ordinal), run.Output);

        string[] archive = ["--archive", "out"];
        Assert.True(await CountAsync("SELECT count(*) AS n FROM events_raw", archive) > good.Count, "what was delivered in other groups is there twice");
        await AssertHoldsAsync(good, malformed, archive);
    }

    // JSON with unusual whitespace, numbers and escapes, and invalid JSON. Every function has a reason to call a service.
    private static (List<byte[]> Good, List<byte[]> Malformed) Records(int good, int malformed)
    {
        string[] forms =
        [
            """{"event_type":"purchase","n":#,"amount":501.50}""",
            """ { "n" : #, "amount" : 1.10, "exponent":1E5, "big":123456789012345678901234567890 } """,
            """{"n":#,"n":0,"text":",\"processed_at\":\"","e":"\u00e9é👨‍👩‍👧","half":"\ud800"}""",
            """{"processed_at":"#","original_base64":"AAAA","data":{"processed_at":"x"}}""",
        ];
        byte[][] wrong = ["not JSON"u8.ToArray(), "[1]"u8.ToArray(), [0xFF, 0xFE, (byte)'{'], "{\"a\":"u8.ToArray()];
        return (
            [.. Enumerable.Range(0, good).Select(i => Encoding.UTF8.GetBytes(forms[i % forms.Length].Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)))],
            [.. Enumerable.Range(0, malformed).Select(i => wrong[i % wrong.Length])]);
    }

    private async Task ProduceAsync(List<byte[]> records, int before = 0)
    {
        await WriteAsync("records.ndjson", records);
        await RunAsync("produce", "--from", "records.ndjson");
        await Eventually.GetAsync(
            () => CountAsync("SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM quarantine) AS n"), count => count == before + records.Count);
    }

    private Task WriteAsync(string file, IEnumerable<byte[]> records) =>
        File.WriteAllBytesAsync(_folder.Combine(file), [.. records.SelectMany(line => line.Append((byte)'\n'))]);

    private async Task AssertHoldsAsync(List<byte[]> good, List<byte[]> malformed, params string[] options)
    {
        var events = (await AskAsync(Payloads, options)).Select(row => row.GetProperty("original_base64").GetString() ?? Base64(row.GetProperty("original_data").GetString()!));
        Assert.Equal(Sorted(good.Select(Convert.ToBase64String)), Sorted(events));

        var quarantined = (await AskAsync(Quarantined, options)).Select(row => row.GetProperty("data").GetString()!);
        Assert.Equal(Sorted(malformed.Select(Convert.ToBase64String)), Sorted(quarantined));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static List<string> Sorted(IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal)];

    /// <summary>Compacts the days of the test; two when it runs over midnight.</summary>
    private async Task EachDayAsync(DateTimeOffset start, params string[] options)
    {
        for (var day = start.UtcDateTime.Date; day <= DateTime.UtcNow; day = day.AddDays(1))
        {
            var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (await CountAsync("SELECT count(*) AS n FROM events_raw", "--day", text) > 0)
            {
                await RunAsync(["compact", "--day", text, .. options]);
            }
        }
    }

    private async Task<long> CountAsync(string sql, params string[] options)
    {
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["query", "--json", sql, .. options]);

        // Before the first batch there is no archive.
        return result.ExitCode == 0 ? Parse(result.Output).Single().GetProperty("n").GetInt64()
            : result.Error.Contains("no archive objects", StringComparison.Ordinal) ? 0
            : throw new InvalidOperationException(result.ToString());
    }

    private async Task<List<JsonElement>> AskAsync(string sql, params string[] options) => Parse((await RunAsync(["query", "--json", sql, .. options])).Output);

    private static List<JsonElement> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(row => row.Clone())];
    }

    private async Task<CommandResult> RunAsync(params string[] arguments)
    {
        var result = await AnalyticsCommand.RunAsync(_folder.Path, arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }
}
