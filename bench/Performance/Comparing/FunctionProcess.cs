using System.Diagnostics;
using System.Globalization;

namespace Analytics.Performance.Comparing;

/// <summary>A process of a function behind a Runtime API.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    /// <summary>Success: a partial batch response without failures.</summary>
    private const string NoFailures = "\"batchItemFailures\":[]";

    private const int TicksPerSecond = 100;

    private readonly Process _process;
    private readonly MinimalRuntimeApi _api;
    private readonly List<string> _log = [];
    private readonly long _started;
    private long _logBytes;

    private FunctionProcess(Process process, MinimalRuntimeApi api, long started) => (_process, _api, _started) = (process, api, started);

    /// <summary>Time from the start of the process to its first request for an invocation.</summary>
    public TimeSpan InitDuration { get; private set; }

    /// <summary>Processor time of the process, in steps of 10 ms.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            // The name, in parentheses, may contain spaces. User and system time are the 14th and 15th fields, in clock ticks.
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
        }
    }

    /// <summary>Peak resident memory in MB since <see cref="ResetPeak"/>.</summary>
    /// <exception cref="InvalidOperationException">The process has ended.</exception>
    public double PeakMegabytes =>
        ProcessMemory.GetPeakMegabytes(_process.Id) ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} has ended. {LastLines()}");

    /// <summary>Bytes that the process has logged.</summary>
    public long LogBytes => Interlocked.Read(ref _logBytes);

    /// <summary>Starts a process and waits until it requests its first invocation.</summary>
    public static async Task<FunctionProcess> StartAsync(FunctionProgram program, IReadOnlyDictionary<string, string> environment)
    {
        var api = await MinimalRuntimeApi.StartAsync();
        var start = new ProcessStartInfo(program.File) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in program.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment.Concat(program.Environment))
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = api.Authority;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var started = Stopwatch.GetTimestamp();
        process.Start();
        var function = new FunctionProcess(process, api, started);
        process.OutputDataReceived += (_, line) => function.Log(line.Data);
        process.ErrorDataReceived += (_, line) => function.Log(line.Data);
        process.Exited += (_, _) => api.Fail(new InvalidOperationException($"{program.File} has ended. {function.LastLines()}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        function.InitDuration = Stopwatch.GetElapsedTime(started, await api.FirstNext);
        return function;
    }

    /// <summary>Resets <see cref="PeakMegabytes"/> to the present memory.</summary>
    public void ResetPeak() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    /// <summary>Invokes the function with a batch.</summary>
    /// <returns>Time from the event to the response, and from the start of the process to the response.</returns>
    /// <exception cref="InvalidOperationException">The function did not process the whole batch.</exception>
    public async Task<(TimeSpan Duration, TimeSpan SinceStart)> InvokeAsync(byte[] body)
    {
        var (sent, answered, answer) = await _api.InvokeAsync(body);
        return answer.Contains(NoFailures, StringComparison.Ordinal)
            ? (Stopwatch.GetElapsedTime(sent, answered), Stopwatch.GetElapsedTime(_started, answered))
            : throw new InvalidOperationException($"{_process.StartInfo.FileName} failed: {answer[..Math.Min(answer.Length, 500)]}. {LastLines()}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.EnableRaisingEvents = false;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _api.DisposeAsync();
    }

    private void Log(string? line)
    {
        if (line is null)
        {
            return;
        }

        Interlocked.Add(ref _logBytes, line.Length + 1);
        lock (_log)
        {
            _log.Add(line[..Math.Min(line.Length, 500)]);
            if (_log.Count > 20)
            {
                _log.RemoveAt(0);
            }
        }
    }

    private string LastLines()
    {
        lock (_log)
        {
            return "Its log: " + string.Join(Environment.NewLine, _log);
        }
    }
}
