using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Analytics.EndToEnd.Tests;

/// <summary>
/// A pipeline under faults of every kind whose command, or whose local services, are killed after each round and started again with the same data.
/// Its log is in <c>.analytics/soak/soak.log</c>.
/// </summary>
public sealed partial class SoakTests : IDisposable
{
    private const int Rounds = 10;
    private const int SlicesPerRound = 10;
    private const int MalformedPerRound = 100;
    private const int MinFaults = 1_000;
    private const string Faults =
        "kill=33,timeout=3,throttle=22,error=16,lost-reply=18,delay=5,outage=1,duplicate=5,regroup=5,split=1,merge=1";

    private static readonly string[] Functions = ["Archive", "Counters", "Alerts", "Results"];
    private readonly TemporaryFolder _folder = new();
    private readonly StreamWriter _log;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly int _slice = SoakFactAttribute.Events / (Rounds * SlicesPerRound);
    private int _seed;
    private int _killedCommands;
    private int _killedServices;

    public SoakTests()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, ".analytics/soak")).FullName;
        _log = new StreamWriter(Path.Combine(folder, "soak.log")) { AutoFlush = true };
    }

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [SoakFact]
    public async Task NothingIsLostAndCountersAreExactThroughFaultsAndKills()
    {
        var injected = 0;
        var rounds = 0;
        while (rounds < Rounds || injected < MinFaults)
        {
            var round = ++rounds;
            injected += await RunUnderFaultsAsync(round);
            await KillWhileProducingAsync(isCommand: round % 2 == 1);
        }

        using var up = await UpAsync();
        using var services = new LocalServices(_folder.Path);
        var sent = new HashSet<UInt128>();
        await foreach (var (shardId, sequenceNumber, data) in services.ReadStreamAsync(services.Resource("EventStream")))
        {
            Assert.All(Aggregate.UserRecords(data), user => Assert.True(sent.Add(Fingerprint(shardId, sequenceNumber, user))));
        }

        var events = sent.Count - (rounds * MalformedPerRound);
        Log($"{sent.Count:N0} user records on the stream, {rounds * MalformedPerRound:N0} of them malformed; {injected:N0} faults, {_killedCommands} kills of the command, {_killedServices} of the local services");
        Assert.True(events >= SoakFactAttribute.Events, $"{events} of {SoakFactAttribute.Events} events");

        var audit = await AuditAsync(events);
        Log(audit.Output.TrimEnd());
        Assert.True(audit.ExitCode == 0, audit.ToString());
        var values = Number(Differences.Match(audit.Output).Groups[1]);
        Assert.True(values > 0, audit.ToString());

        using var pipeline = LocalPipeline.Read(_folder);
        Assert.Equal(events, await Eventually.GetAsync(() => pipeline.CountItemsAsync("ResultsTable"), count => count >= events));
        Assert.Empty(await services.ReceiveAsync(services.Resource("FailuresQueue")));
        Log($"{events:N0} items in the results table, none in the failures queue");
        await up.InterruptAsync();
        Assert.Equal(0, (await up.WaitAsync()).ExitCode);

        var archived = LocalObjects.In(_folder.Combine("data")).SelectMany(one => Lines(one.Key, one.Content)).ToHashSet();
        Log($"{archived.Count:N0} records archived or quarantined, {archived.Intersect(sent).Count():N0} of them byte for byte as on the stream");
        Assert.True(archived.SetEquals(sent));
        Log("Nothing was lost, and every counter is exact.");
    }

    /// <summary>Produces a round's events under faults.</summary>
    /// <returns>The number of faults injected.</returns>
    private async Task<int> RunUnderFaultsAsync(int round)
    {
        const int Invocations = 80;
        using var up = await UpAsync("--faults", $"seed={round},{Faults}", "--fault-invocations", $"{Invocations}");
        using (var services = new LocalServices(_folder.Path))
        {
            await services.PutRecordsAsync(
                services.Resource("EventStream"), Enumerable.Range(0, MalformedPerRound).Select(number => ($"round {round}, not JSON {number}", $"user-{number}")));
        }

        for (var slice = 1; slice < SlicesPerRound; slice++)
        {
            var produced = await ProduceAsync();
            Assert.True(produced.ExitCode == 0, produced.ToString());
        }

        await WaitForInvocationsAsync(2 * Invocations);
        await up.InterruptAsync();
        var stopped = await up.WaitAsync();
        Assert.True(stopped.ExitCode == 0, stopped.ToString());
        var faults = FaultLine.Matches(stopped.Output)
            .Select(line => (Name: line.Groups[1].Value, Injected: Number(line.Groups[2]))).ToList();
        Assert.NotEmpty(faults);
        Log($"round {round}: {string.Join(", ", faults.Select(fault => $"{fault.Injected} {fault.Name}"))}");
        return faults.Sum(fault => fault.Injected);
    }

    /// <summary>Kills the command or its local services while records arrive and are processed.</summary>
    private async Task KillWhileProducingAsync(bool isCommand)
    {
        using var up = await UpAsync();
        var producing = ProduceAsync("--rate", $"{Math.Max(1, _slice / 10)}");
        await WaitForInvocationsAsync(1);
        if (isCommand)
        {
            await up.SignalAsync("KILL");
            _killedCommands++;
        }
        else
        {
            up.KillLocalServices();
            _killedServices++;
        }

        var ended = await up.WaitAsync();
        Assert.True(ended.ExitCode == (isCommand ? 137 : 1), ended.ToString());
        var produced = await producing;
        Log($"killed the {(isCommand ? "command" : "local services")} while a producer {(produced.ExitCode == 0 ? "had just ended" : "was sending")}");
        if (produced.ExitCode != 0)
        {
            using var again = await UpAsync();
            var sent = await ProduceAsync();
            Assert.True(sent.ExitCode == 0, sent.ToString());
            await again.InterruptAsync();
            Assert.Equal(0, (await again.WaitAsync()).ExitCode);
        }
    }

    /// <summary>Rolls up and audits until every record is counted.</summary>
    private async Task<CommandResult> AuditAsync(int events)
    {
        var archived = string.Create(CultureInfo.InvariantCulture, $"compared with {events:N0} archived events");
        return await Eventually.GetAsync(
            async () =>
            {
                var rollup = await AnalyticsCommand.RunAsync(_folder.Path, ["invoke", "Rollup", "-"], input: "{}");
                Assert.True(rollup.ExitCode == 0, rollup.ToString());
                return await AnalyticsCommand.RunAsync(_folder.Path, ["audit"]);
            },
            audit => audit.Output.Contains(archived, StringComparison.Ordinal)
                && !(audit.Output + audit.Error).Contains("not counted yet", StringComparison.Ordinal) && !Differences.Match(audit.Output).Groups[1].ValueSpan.SequenceEqual("0"));
    }

    private async Task<AnalyticsCommand> UpAsync(params string[] options)
    {
        // So many invocations that the faults of a round fall within it.
        var batch = Math.Max(1, _slice * SlicesPerRound / 400);
        var up = AnalyticsCommand.Start(
            _folder.Path,
            [
                "up", "--template", PipelineTemplate.Shipped, "--data", "data", "--parameter", $"BatchSize={batch}", "--parameter", "MaximumBatchingWindow=1",
                "--parameter", "MaximumRetryAttempts=20", .. options,
            ],
            readyLine: "Stop with Ctrl-C.");
        await up.ReadyAsync();
        return up;
    }

    private Task<CommandResult> ProduceAsync(params string[] options) =>
        AnalyticsCommand.RunAsync(_folder.Path, ["produce", "--events", $"{_slice}", "--seed", $"{++_seed}", .. options]);

    private Task WaitForInvocationsAsync(int count) => Eventually.GetAsync(
        () => InvocationCounts.ReadAsync(_folder.Path),
        invocations => Functions.All(function =>
            invocations.Any(one => one.Key.Contains(function, StringComparison.OrdinalIgnoreCase) && one.Value >= count)));

    /// <summary>The records of an archive object.</summary>
    private static IEnumerable<UInt128> Lines(string key, byte[] content)
    {
        if (!key.EndsWith(".ndjson.gz", StringComparison.Ordinal))
        {
            yield break;
        }

        using var reader = new StreamReader(new GZipStream(new MemoryStream(content), CompressionMode.Decompress), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var record = json.RootElement;
            var data = record.TryGetProperty("original_base64", out var bytes) ? bytes.GetBytesFromBase64()
                : record.TryGetProperty("original_data", out var text) ? Encoding.UTF8.GetBytes(text.GetRawText())
                : record.GetProperty("data").GetBytesFromBase64();
            yield return Fingerprint(record.GetProperty("shard_id").GetString()!, record.GetProperty("sequence_number").GetString()!, data);
        }
    }

    private static UInt128 Fingerprint(string shardId, string sequenceNumber, byte[] data) =>
        BitConverter.ToUInt128(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{shardId} {sequenceNumber} "), .. data]));

    private static int Number(Group digits) => int.Parse(digits.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private void Log(string line) => _log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed:hh\\:mm\\:ss} {line}"));

    [GeneratedRegex(@"^0 differences among ([\d,]+) values", RegexOptions.Multiline)]
    private static partial Regex Differences { get; }

    [GeneratedRegex(@"(?m)^([a-z-]+) +\d+ +(\d+)$")]
    private static partial Regex FaultLine { get; }
}
