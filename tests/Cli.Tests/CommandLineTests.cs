using System.CommandLine;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Tests;

/// <summary>An error in a command is reported in one line with an exit code.</summary>
public sealed class CommandLineTests
{
    private readonly StringWriter _error = new() { NewLine = "\n" };

    [Fact]
    public async Task CallTimeoutIsReportedAsATimeout()
    {
        var exitCode = await RunAsync(_ => throw new TaskCanceledException("The request took over 100 seconds.", new TimeoutException()));

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Equal(
            "analytics: a call timed out: The request took over 100 seconds. Check the service and the network, and try again.\n", _error.ToString());
    }

    [Fact]
    public async Task WaitTimeoutIsReportedAsATimeout()
    {
        var exitCode = await RunAsync(_ => throw new TimeoutException("It did not start within 30 s."));

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.StartsWith("analytics: a call timed out: It did not start within 30 s.", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancellationNotRequestedByTheUserIsNotAnInterruption()
    {
        var exitCode = await RunAsync(_ => throw new OperationCanceledException("Another one."));

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.StartsWith("analytics: unexpected OperationCanceledException: Another one.", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheUsersCancellationIsAnInterruption()
    {
        using var user = new CancellationTokenSource();
        var exitCode = await RunAsync(
            async cancellationToken =>
            {
                await user.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
            user.Token);

        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.Equal("analytics: interrupted; everything that was started has been stopped.\n", _error.ToString());
    }

    private async Task<int> RunAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken = default)
    {
        using var folder = new TemporaryFolder();
        var context = new CommandContext(
            new Terminal(TextWriter.Null, _error, isOutputInteractive: false, isErrorInteractive: false), new ImmediateTime(TestContext.Now), folder.Path);
        return await CommandLine.RunAsync(["outer", "inner"], context, [_ => Outer(action)], cancellationToken);
    }

    private static Command Outer(Func<CancellationToken, Task> action)
    {
        var inner = new Command("inner");
        inner.SetAction(async (_, cancellationToken) =>
        {
            await action(cancellationToken);
            return ExitCode.Success;
        });
        return new Command("outer") { inner };
    }
}
