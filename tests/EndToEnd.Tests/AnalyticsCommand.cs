using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Analytics.EndToEnd.Tests;

/// <summary>The command's exit code and output.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines that start like a user error.</summary>
    public IEnumerable<string> ErrorLines => Error.Split('\n').Where(line => line.StartsWith("analytics: ", StringComparison.Ordinal));

    public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}\n--- error\n{Error}";
}

/// <summary>The command <c>analytics</c> as a process with a temporary folder.</summary>
internal sealed class AnalyticsCommand : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AnalyticsCommand(Process process, string? readyLine)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data, readyLine);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data, null);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The command's process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Completes when the expected line has been written; fails when the process ends without it.</summary>
    public async Task ReadyAsync()
    {
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_ready.Task, ended).WaitAsync(Patience) == ended)
        {
            Assert.Fail($"the command ended before it was ready: {await WaitAsync()}");
        }
    }

    /// <summary>Starts the command.</summary>
    /// <param name="folder">Its current folder.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set, or with null to remove.</param>
    /// <param name="readyLine">The start of the output line that completes <see cref="ReadyAsync"/>.</param>
    public static AnalyticsCommand Start(
        string folder, string[] arguments, Dictionary<string, string?>? environment = null, string? readyLine = null)
    {
        // Background processes of a shell ignore SIGINT, and their children inherit that; restore the default for a command that will be interrupted.
        var isInterrupted = readyLine is not null;
        var start = new ProcessStartInfo(isInterrupted ? "env" : Repository.Command)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        string[] prefix = isInterrupted ? ["--default-signal=INT", Repository.Command] : [];
        foreach (var argument in prefix.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return new AnalyticsCommand(Process.Start(start)!, readyLine);
    }

    /// <summary>Runs the command to its end.</summary>
    public static async Task<CommandResult> RunAsync(
        string folder, string[] arguments, Dictionary<string, string?>? environment = null, string input = "")
    {
        using var command = Start(folder, arguments, environment);
        await command._process.StandardInput.WriteAsync(input);
        command._process.StandardInput.Close();
        return await command.WaitAsync();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<CommandResult> WaitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"the command did not end within {Patience}: {_output}\n{_error}");
        }

        lock (_output)
        {
            return new CommandResult(_process.ExitCode, _output.ToString(), _error.ToString());
        }
    }

    /// <summary>Sends what Ctrl-C sends.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>Sends a signal to the command alone.</summary>
    /// <param name="signal">As <c>kill</c> names it: INT, TERM, KILL.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Kills the Node process with the local services that the command has started.</summary>
    public void KillLocalServices() =>
        Process.GetProcessesByName("node").Single(process => GetParent(process) == _process.Id && GetCommand(process).Contains("start.js", StringComparison.Ordinal)).Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static int GetParent(Process process) => int.Parse(
        File.ReadAllText($"/proc/{process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static string GetCommand(Process process) => File.ReadAllText($"/proc/{process.Id}/cmdline");

    private void Append(StringBuilder text, string? line, string? readyLine)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            text.Append(line).Append('\n');
        }

        if (readyLine is not null && line.StartsWith(readyLine, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
