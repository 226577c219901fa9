using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Analytics.Archiving;
using Analytics.Cli.Compact;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Sql;
using Analytics.Cli.Tests.Shared.Archive;

namespace Analytics.Cli.Tests.Compact;

public sealed class CompactionTests : IDisposable
{
    private const string Everything = "SELECT sequence_number, sub_sequence_number, original_data, original_base64, event_time, hour FROM events ORDER BY ALL";
    private const string CompactedDay = "compacted/events/year=2026/month=03/day=01/";
    private static readonly IProgress<long> NoProgress = new Progress<long>();
    private readonly SampleArchive _archive = new();

    public CompactionTests()
    {
        _archive.Add("events", 12, SampleArchive.Event(1, """{"n":1.10}"""), SampleArchive.Event(2, " {\"s\":\"\\ud800\"} "), SampleArchive.Event(2, "{}", [0xFF, 0x00], sub: 1));
        _archive.Add("events", 12, SampleArchive.Event(2, " {\"s\":\"\\ud800\"} "), SampleArchive.Event(2, "{}", [0xFF, 0x00], sub: 1), SampleArchive.Event(10, "{}"));
        _archive.Add("events", 13, SampleArchive.Event(11, """{"é":"'"}""", hour: 13));
        _archive.Add("quarantine", 13, SampleArchive.Malformed(12, [1]));
    }

    public void Dispose() => _archive.Dispose();

    [Fact]
    public async Task CompactingChangesNoAnswer()
    {
        var before = await _archive.AskAsync(Everything);
        Assert.Equal(5, before.Count);

        var result = await CompactAsync(_archive.Store);
        Assert.Equal([("hour-12-0001.parquet", 4L, 2), ("hour-13-0001.parquet", 1L, 1)], result.NewParts.Select(part => (Path.GetFileName(part.Key), part.Rows, part.Sources.Count)));
        Assert.Equal(before, await _archive.AskAsync(Everything));
        Assert.Equal(3, Files("events").Length);

        Assert.Equal(3, (await CompactAsync(_archive.Store, deleteOriginals: true)).Deleted);
        Assert.Empty(Files("events"));
        Assert.Equal(before, await _archive.AskAsync(Everything));
        Assert.Equal("5", await _archive.AskOneAsync("SELECT count(*) FROM events_raw"));
        Assert.Equal("1", await _archive.AskOneAsync("SELECT count(*) FROM quarantine"));
        Assert.Equal("13", await _archive.AskOneAsync("SELECT min(hour) FROM events", ArchiveSpan.Create(new DateTimeOffset(SampleArchive.Day.AddHours(13)), null)));
    }

    [Fact]
    public async Task EqualUserRecordsOfAnAggregateAreCompactedEach()
    {
        _archive.Add("events", 15, SampleArchive.Event(20, "{}", hour: 15), SampleArchive.Event(20, "[]", sub: 1, hour: 15), SampleArchive.Event(20, "{}", sub: 2, hour: 15));
        _archive.Add("events", 15, SampleArchive.Event(21, "{}", hour: 15), SampleArchive.Event(21, "{}", hour: 15, occurrence: 1));
        _archive.Add("events", 15, SampleArchive.Event(21, "{}", hour: 15), SampleArchive.Event(21, "{}", hour: 15, occurrence: 1), SampleArchive.Event(21, "{}", hour: 15, occurrence: 2));
        const string All = "SELECT sequence_number, original_data, occurrence FROM events WHERE hour = 15 ORDER BY ALL";
        var before = await _archive.AskAsync(All);

        Assert.Equal([["20", "[]", "0"], ["20", "{}", "0"], ["20", "{}", "1"], ["21", "{}", "0"], ["21", "{}", "1"], ["21", "{}", "2"]], before);
        Assert.Contains(6, (await CompactAsync(_archive.Store, deleteOriginals: true)).NewParts.Select(part => part.Rows));
        Assert.Equal(before, await _archive.AskAsync(All));
    }

    [Fact]
    public async Task SecondRunHasNothingToDo()
    {
        await CompactAsync(_archive.Store);
        var files = Contents();

        var again = await CompactAsync(_archive.Store);
        Assert.Empty(again.NewParts);
        Assert.Equal(2, again.Parts.Count);
        Assert.Equal(files, Contents());
    }

    [Fact]
    public async Task LateObjectsAreCompactedSeparately()
    {
        await CompactAsync(_archive.Store, deleteOriginals: true);
        _archive.Add("events", 12, SampleArchive.Event(10, "{}"), SampleArchive.Event(14, """{"late":1}"""));
        var before = await _archive.AskAsync(Everything);
        Assert.Equal(6, before.Count);

        var result = await CompactAsync(_archive.Store, deleteOriginals: true);
        Assert.Equal([("hour-12-0002.parquet", 2L)], result.NewParts.Select(part => (Path.GetFileName(part.Key), part.Rows)));
        Assert.Equal(before, await _archive.AskAsync(Everything));
        Assert.Empty(Files("events"));
    }

    [Fact]
    public async Task CompactionInterruptedAtAnyStepEndsTheSame()
    {
        var before = await _archive.AskAsync(Everything);
        var steps = 0;
        while (true)
        {
            var store = new FailingStore(_archive.Store, ++steps);
            try
            {
                await CompactAsync(store, deleteOriginals: true);
                break;
            }
            catch (IOException)
            {
                Assert.Equal(before, await _archive.AskAsync(Everything));
            }
        }

        // Each attempt completes at least one more step; every kind of step occurs.
        Assert.InRange(steps, 10, 40);
        Assert.Empty(Files("events"));
        Assert.Equal(["_manifest.json", "hour-12-0001.parquet", "hour-13-0001.parquet"], Files("compacted").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.Equal(before, await _archive.AskAsync(Everything));
    }

    [Fact]
    public async Task UnverifiedUploadIsNotTrusted()
    {
        var error = await Assert.ThrowsAsync<UserException>(() => CompactAsync(new DamagingStore(_archive.Store), deleteOriginals: true));

        Assert.Contains("differs from the verified file", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, Files("events").Length);
    }

    [Fact]
    public async Task ParquetThatChangedLaterSavesItsOriginals()
    {
        var part = (await CompactAsync(_archive.Store)).Parts[0];
        await File.WriteAllBytesAsync(Path.Combine(_archive.Folder, part.Key), [1, 2, 3]);

        await Assert.ThrowsAsync<UserException>(() => CompactAsync(_archive.Store, deleteOriginals: true));
        Assert.Equal(3, Files("events").Length);
    }

    [Fact]
    public async Task TruncatedObjectIsReportedAndNothingIsCompactedOrRemoved()
    {
        var damaged = Files("events").Order(StringComparer.Ordinal).Last();
        await File.WriteAllBytesAsync(damaged, (await File.ReadAllBytesAsync(damaged))[..^8]);

        var error = await Assert.ThrowsAsync<ArchiveDamagedException>(() => CompactAsync(_archive.Store, deleteOriginals: true));

        Assert.Contains(Path.GetRelativePath(_archive.Folder, damaged), error.Message, StringComparison.Ordinal);
        Assert.Equal(3, Files("events").Length);
        Assert.DoesNotContain(Files("compacted"), file => file.Contains("hour-13", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnObjectThatWasDamagedAfterItWasCompactedIsNotRemoved()
    {
        await CompactAsync(_archive.Store);
        var damaged = Files("events")[0];
        var content = await File.ReadAllBytesAsync(damaged);
        content[^1] ^= 1;
        await File.WriteAllBytesAsync(damaged, content);

        var error = await Assert.ThrowsAsync<ArchiveDamagedException>(() => CompactAsync(_archive.Store, deleteOriginals: true));

        Assert.Contains(Path.GetFileName(damaged), error.Message, StringComparison.Ordinal);
        Assert.Equal(3, Files("events").Length);
    }

    [Fact]
    public async Task ObjectWithOtherEventsThanCompactedIsCompactedAgainBeforeRemoval()
    {
        await CompactAsync(_archive.Store);
        string[] lines = [SampleArchive.Event(2, " {\"s\":\"\\ud800\"} "), SampleArchive.Event(5, """{"new":1}"""), SampleArchive.Event(10, "{}")];
        var key = SampleArchive.CreateKey("events", 12, lines);
        await File.WriteAllBytesAsync(Path.Combine(_archive.Folder, key), SampleArchive.CreateObject(lines));
        var before = await _archive.AskAsync(Everything);
        Assert.Equal(6, before.Count);

        var result = await CompactAsync(_archive.Store, deleteOriginals: true);

        Assert.Equal([("hour-12-0002.parquet", 3L)], result.NewParts.Select(part => (Path.GetFileName(part.Key), part.Rows)));
        Assert.Empty(Files("events"));
        Assert.Equal(before, await _archive.AskAsync(Everything));
    }

    [Fact]
    public async Task AnObjectThatWasWrittenAgainWithTheSameEventsIsRemoved()
    {
        await CompactAsync(_archive.Store);
        string[] lines = [SampleArchive.Event(11, """{"é":"'"}""", hour: 13, processed: "2026-03-01T14:00:00.000Z")];
        await File.WriteAllBytesAsync(Path.Combine(_archive.Folder, SampleArchive.CreateKey("events", 13, lines)), SampleArchive.CreateObject(lines));

        var result = await CompactAsync(_archive.Store, deleteOriginals: true);

        Assert.Equal((0, 3), (result.NewParts.Count, result.Deleted));
    }

    [Fact]
    public async Task SourcesInAManifestWithKeysOnlyAreCompactedAgainBeforeRemoval()
    {
        await CompactAsync(_archive.Store);
        var before = await _archive.AskAsync(Everything);
        var path = Path.Combine(_archive.Folder, CompactedDay, CompactionManifest.FileName);
        var manifest = JsonNode.Parse(await File.ReadAllBytesAsync(path))!;
        foreach (var part in manifest["parts"]!.AsArray())
        {
            part!["sources"] = new JsonArray([.. part["sources"]!.AsArray().Select(source => (JsonNode)source!["key"]!.GetValue<string>())]);
        }

        await File.WriteAllTextAsync(path, manifest.ToJsonString());

        var result = await CompactAsync(_archive.Store, deleteOriginals: true);

        Assert.Equal((2, 3), (result.NewParts.Count, result.Deleted));
        Assert.Equal(before, await _archive.AskAsync(Everything));
    }

    [Fact]
    public async Task LinesThatTheTwoProgramsReadDifferentlyAreNotCompacted()
    {
        // The same bytes once plain and once in base64, which the function never writes.
        _archive.Add("events", 13, SampleArchive.Event(11, """{"é":"'"}""", Encoding.UTF8.GetBytes("""{"é":"'"}"""), hour: 13));

        var error = await Assert.ThrowsAsync<UserException>(() => CompactAsync(_archive.Store, deleteOriginals: true));
        Assert.Contains("does not match the archive", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, Files("events").Length);
    }

    [Fact]
    public async Task UserRecordsOfOneSequenceNumberWithDifferentBytesAreCompactedEach()
    {
        _archive.Add("events", 13, SampleArchive.Event(11, """{"other":1}""", hour: 13));

        await CompactAsync(_archive.Store, deleteOriginals: true);
        Assert.Equal("2", await _archive.AskOneAsync("SELECT count(*) FROM events WHERE sequence_number = '11'"));
    }

    [Fact]
    public async Task ManifestMapsCompactedFilesToTheirSources()
    {
        await CompactAsync(_archive.Store);

        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(_archive.Folder, CompactedDay, CompactionManifest.FileName)));
        Assert.Equal("2026-03-01", manifest.RootElement.GetProperty("day").GetString());
        Assert.Equal(
            Files("events").Select(file => Path.GetRelativePath(_archive.Folder, file)).Order(StringComparer.Ordinal),
            manifest.RootElement.GetProperty("parts").EnumerateArray().SelectMany(part => part.GetProperty("sources").EnumerateArray()).Select(source => source.GetProperty("key").GetString()!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2026-03-01", "is not over", ExitCode.Failure)]
    [InlineData("2026-02-30", "is not a day", ExitCode.Usage)]
    [InlineData("2026-02-28", "no archive objects for that day", ExitCode.Failure)]
    public async Task ADayThatCannotBeCompactedIsRejected(string day, string why, int exitCode)
    {
        var error = new StringWriter();
        var context = TestContext.Create(_archive.Folder) with { Terminal = new(TextWriter.Null, error, isOutputInteractive: false, isErrorInteractive: false) };

        Assert.Equal(exitCode, await CommandLine.RunAsync(["compact", "--day", day, "--archive", "."], context));
        Assert.Contains(why, error.ToString(), StringComparison.Ordinal);
    }

    private async Task<CompactionResult> CompactAsync(IArchiveStore store, bool deleteOriginals = false)
    {
        using var folder = new TemporaryFolder();
        var context = TestContext.Create(folder.Path);
        var duckDb = await DuckDb.PrepareAsync(context, CancellationToken.None);
        using var work = WorkingFolder.Create(context.WorkFolder, "compact");
        return await new Compaction(store, duckDb, work).RunAsync(SampleArchive.Day, deleteOriginals, NoProgress, CancellationToken.None);
    }

    private string[] Files(string kind)
    {
        var folder = Path.Combine(_archive.Folder, kind);
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
    }

    private Dictionary<string, string> Contents() =>
        Files("").ToDictionary(file => file, file => Convert.ToBase64String(File.ReadAllBytes(file)));

    /// <summary>Fails the n-th operation on the archive: before it takes effect or, for half of the changes, after.</summary>
    private sealed class FailingStore(IArchiveStore store, int failing) : IArchiveStore
    {
        private int _operations;

        public string Title => store.Title;

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

        public Task<bool> GetAsync(string key, string file, CancellationToken cancellationToken)
        {
            Step();
            return store.GetAsync(key, file, cancellationToken);
        }

        public async Task PutAsync(string key, string file, CancellationToken cancellationToken)
        {
            Step();
            await store.PutAsync(key, file, cancellationToken);
            Step();
        }

        public async Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
        {
            Step();
            await store.DeleteAsync([.. keys.Take(1)], cancellationToken);
            Step();
            await store.DeleteAsync(keys, cancellationToken);
        }

        private void Step()
        {
            if (Interlocked.Increment(ref _operations) == failing)
            {
                throw new IOException("ended here");
            }
        }
    }

    /// <summary>Stores bytes other than those it receives.</summary>
    private sealed class DamagingStore(IArchiveStore store) : IArchiveStore
    {
        public string Title => store.Title;

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

        public Task<bool> GetAsync(string key, string file, CancellationToken cancellationToken) => store.GetAsync(key, file, cancellationToken);

        public async Task PutAsync(string key, string file, CancellationToken cancellationToken)
        {
            await File.AppendAllTextAsync(file, "x", Encoding.UTF8, cancellationToken);
            await store.PutAsync(key, file, cancellationToken);
        }

        public Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => store.DeleteAsync(keys, cancellationToken);
    }
}
