using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Tests.Shared.Archive;

namespace Analytics.Cli.Tests.Query;

public sealed class QueryCommandTests : IDisposable
{
    private readonly SampleArchive _archive = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _archive.Dispose();

    [Theory]
    [InlineData("events")]
    [InlineData("quarantine")]
    public async Task DamagedObjectIsReportedAndNothingIsReturned(string kind)
    {
        _archive.Add("events", 12, SampleArchive.Event(1, "{}"), SampleArchive.Event(2, "{}"));
        _archive.Add("quarantine", 12, SampleArchive.Malformed(3, [1]), SampleArchive.Malformed(4, [2]));
        var file = Directory.GetFiles(Path.Combine(_archive.Folder, kind), "*", SearchOption.AllDirectories).Single();
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..^8]);

        var exitCode = await RunAsync("query", "--archive", ".", "--csv", "SELECT count(*) FROM events");

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Empty(_output.ToString());
        Assert.Contains(Path.GetRelativePath(_archive.Folder, file), _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ParquetDifferingFromTheVerifiedFileIsReported()
    {
        _archive.Add("events", 12, SampleArchive.Event(1, "{}"), SampleArchive.Event(2, "{}"));
        Assert.Equal(ExitCode.Success, await RunAsync("compact", "--day", "2026-03-01", "--archive", ".", "--unfinished"));
        var file = Directory.GetFiles(_archive.Folder, "*.parquet", SearchOption.AllDirectories).Single();
        var content = await File.ReadAllBytesAsync(file);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, content);

        var exitCode = await RunAsync("query", "--archive", ".", "--csv", "SELECT count(*) FROM events");

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Contains("hour-12-0001.parquet is damaged: its SHA-256", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWholeArchiveIsAnswered()
    {
        _archive.Add("events", 12, SampleArchive.Event(1, "{}"), SampleArchive.Event(2, "{}"));

        Assert.Equal(ExitCode.Success, await RunAsync("query", "--archive", ".", "--csv", "SELECT count(*) AS n FROM events"));
        Assert.Equal("n\r\n2\r\n", _output.ToString());
    }

    [Fact]
    public async Task DuckDbAdviceIsReportedInOneLine()
    {
        _archive.Add("events", 12, SampleArchive.Event(1, "{}"));

        Assert.Equal(ExitCode.Failure, await RunAsync("query", "--archive", ".", "SELECT event_tpye FROM events"));

        var line = Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("event_tpye", line, StringComparison.Ordinal);
        Assert.Contains("event_type", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StandardOutputThatCannotBeWrittenIsOneLine()
    {
        _archive.Add("events", 12, SampleArchive.Event(1, "{}"));
        await using var device = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var full = new StreamWriter(device) { AutoFlush = true };
        var context = TestContext.Create(_archive.Folder) with { Terminal = new Terminal(full, _error, isOutputInteractive: false, isErrorInteractive: false) };

        var exitCode = await CommandLine.RunAsync(["query", "--archive", ".", "--csv", "SELECT * FROM events"], context);

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.StartsWith("analytics: the disk is full: ", Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        arguments, TestContext.Create(_archive.Folder) with { Terminal = new Terminal(_output, _error, isOutputInteractive: false, isErrorInteractive: false) });
}
