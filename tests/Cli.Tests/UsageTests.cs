using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Tests;

/// <summary>Invalid arguments of every command: one line that quotes the user's input, and exit code 2; other errors exit with 1.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("analytics has no command 'prodcue'. Did you mean produce? Try: analytics --help", "prodcue")]
    [InlineData("analytics has no command 'comapct'. Did you mean compact? Try: analytics --help", "comapct", "--day", "2026-03-01")]
    [InlineData("analytics has no command 'fail'. Did you mean failures? Try: analytics --help", "fail", "list")]
    [InlineData("analytics failures has no command 'lst'. Did you mean list? Try: analytics failures --help", "failures", "lst")]
    [InlineData("analytics failures has no command 'explode'. Its commands are list, show, redrive. Try: analytics failures --help", "failures", "explode")]
    [InlineData("specify a command: list, show, redrive. Try: analytics failures --help", "failures")]
    [InlineData("analytics run has no option --evnts. Did you mean --events? Try: analytics run --help", "run", "--evnts", "5")]
    [InlineData("analytics run has no option --zzz. Try: analytics run --help", "run", "--zzz")]
    [InlineData("analytics query does not accept the argument 'b'. Quote values that contain spaces. Try: analytics query --help", "query", "a", "b")]
    [InlineData("--events 'many' is not a whole number, or is too large. Try: analytics run --help", "run", "--events", "many")]
    [InlineData("--events '99999999999999999999' is not a whole number, or is too large. Try: analytics run --help", "run", "--events", "99999999999999999999")]
    [InlineData("--events '' is not a whole number, or is too large. Try: analytics run --help", "run", "--events", "")]
    [InlineData("--seed '-1' is not a non-negative whole number, or is too large. Try: analytics run --help", "run", "--seed", "-1")]
    [InlineData("--rate '1.5' is not a whole number, or is too large. Try: analytics produce --help", "produce", "--rate", "1.5")]
    [InlineData("--window 'week' is not one of minute, hour, day. Try: analytics counters --help", "counters", "--window", "week")]
    [InlineData("--top must be at least 1. Try: analytics counters --help", "counters", "--top", "0")]
    [InlineData("--source 'tape' is not one of stream, archive. Try: analytics replay --help", "replay", "--from", "2026-01-01T00:00:00Z", "--source", "tape")]
    [InlineData("--from soon is not a time. Use a time such as 2026-03-01T12:00:00Z. Try: analytics replay --help", "replay", "--from", "soon")]
    [InlineData("--from x is not a time. Use a time such as 2026-03-01T12:00:00Z. Try: analytics audit --help", "audit", "--from", "x")]
    [InlineData("--from must be before --to. Try: analytics audit --help", "audit", "--from", "2026-01-02", "--to", "2026-01-01")]
    [InlineData("--from must be before --to. Try: analytics counters --help", "counters", "--from", "2026-01-02", "--to", "2026-01-01")]
    [InlineData("--last must be a duration up to 366d: a whole number and m, h or d, such as 30m. Try: analytics counters --help", "counters", "--last", "5x")]
    [InlineData("--day x is not a day. Use a UTC date such as 2026-03-01. Try: analytics query --help", "query", "SELECT 1", "--day", "x")]
    [InlineData("Specify one query: SQL, --file or --saved. Try: analytics query --help", "query")]
    [InlineData("--size 'x' is not a whole number, or is too large. Try: analytics cost --help", "cost", "--events", "5/s", "--size", "x")]
    [InlineData("Option '--events' is required. Try: analytics cost --help", "cost")]
    [InlineData("--events 'x' is not a rate above 0 and up to 10,000,000/s. Give a number and /s, /min, /h or /day, such as 1000/s. Try: analytics cost --help", "cost", "--events", "x")]
    [InlineData("function and file are missing. Try: analytics invoke --help", "invoke")]
    [InlineData("file is missing. Try: analytics invoke --help", "invoke", "Archive")]
    [InlineData("Argument 'csv' not recognized. Must be one of: 'ndjson' 'json-array' 'access-log' Try: analytics produce --help", "produce", "--from", "x", "--format", "csv")]
    [InlineData("--port 'x' is not a whole number, or is too large. Try: analytics up --help", "up", "--port", "x")]
    [InlineData("--faults: the fault 'kill=x' must have the form name=number, with a number up to 1000000. Try: analytics up --help", "up", "--faults", "kill=x")]
    public async Task InvalidArgumentsAreReportedInOneLineWithExitCode2(string line, params string[] arguments)
    {
        Assert.Equal((ExitCode.Usage, $"analytics: {line}\n"), (await RunAsync(arguments), _error.ToString()));
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData("run")]
    [InlineData("up")]
    public async Task UnknownFaultIsAnInvalidArgument(string command)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(command, "--faults", "foo=1"));
        Assert.StartsWith("analytics: --faults: there is no fault 'foo'; use seed, kill, ", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("up")]
    [InlineData("cost", "--events", "1/s")]
    [InlineData("invoke", "Archive", "event.json")]
    public async Task MissingTemplateIsReportedWithPathAndAdvice(params string[] arguments)
    {
        _folder.File("event.json", "{}");

        Assert.Equal(ExitCode.Failure, await RunAsync(arguments));
        Assert.Equal(
            $"analytics: there is no template.yaml in {_folder.Path} or in a folder above it. Specify one with --template, or run the command in a checkout of the project.\n", _error.ToString());
    }

    [Fact]
    public async Task MissingTemplateFileIsReported()
    {
        Assert.Equal(ExitCode.Failure, await RunAsync("run", "--template", "nowhere.yaml"));
        Assert.Equal($"analytics: --template nowhere.yaml: there is no file {_folder.Combine("nowhere.yaml")}.\n", _error.ToString());
    }

    [Fact]
    public async Task MissingArchiveIsReportedWithTheAlternatives()
    {
        Assert.Equal(ExitCode.Failure, await RunAsync("query", "SELECT 1"));
        Assert.Contains("--archive", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("produce", "produce")]
    [InlineData("prod", "produce")]
    [InlineData("csot", "cost")]
    [InlineData("xyz", null)]
    public void TheNearestNameIsSuggestedIfItIsNear(string given, string? expected) =>
        Assert.Equal(expected, UsageErrors.Suggest(given, ["produce", "cost", "compact"]));

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        arguments, new CommandContext(new Terminal(_output, _error, isOutputInteractive: false, isErrorInteractive: false), new ImmediateTime(TestContext.Now), _folder.Path));
}
