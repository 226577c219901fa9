using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Analytics.Local.Runtime;

/// <summary>A process of a function and its Runtime API.</summary>
internal sealed class RuntimeProcess : IAsyncDisposable
{
    private const string Diagnostics = "DOTNET_EnableDiagnostics";
    private readonly Channel<ProcessInvocation> _invocations = Channel.CreateBounded<ProcessInvocation>(1);
    private readonly TaskCompletionSource<InvocationAnswer?> _initialized = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FunctionConfiguration _function;
    private readonly FunctionLog _log;
    private readonly Process _process;
    private long _started;
    private RuntimeApi? _api;
    private ProcessInvocation? _current;
    private int _peakMemory;

    private RuntimeProcess(FunctionConfiguration function, FunctionLog log, Process process)
    {
        _function = function;
        _log = log;
        _process = process;
    }

    /// <summary>Completes when the process requests its first invocation (null) or reports an initialization error (the error).</summary>
    public Task<InvocationAnswer?> Initialized => _initialized.Task;

    /// <summary>Completes when the process has ended.</summary>
    public Task Exited => _exited.Task;

    /// <summary>The time from the start of the process to its first request for an invocation.</summary>
    public TimeSpan InitDuration { get; private set; }

    public static async Task<RuntimeProcess> StartAsync(
        FunctionConfiguration function, FunctionLog log, LambdaServiceOptions options, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(function.Command)
        {
            WorkingDirectory = function.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in function.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var runtime = new RuntimeProcess(function, log, new Process { StartInfo = start, EnableRaisingEvents = true });
        runtime._api = await RuntimeApi.StartAsync(runtime, function, cancellationToken);
        SetEnvironment(start, function, options, runtime._api.Authority);
        runtime.Start();
        return runtime;
    }

    /// <summary>Queues an invocation for the process, which receives it with its next request.</summary>
    public void Offer(ProcessInvocation invocation)
    {
        Volatile.Write(ref _current, invocation);
        if (!_invocations.Writer.TryWrite(invocation))
        {
            throw new InvalidOperationException($"{_function.Name} already has a queued invocation.");
        }
    }

    /// <summary>Handles a request for the next invocation; the first one completes the initialization.</summary>
    public ValueTask<ProcessInvocation> NextAsync(CancellationToken cancellationToken)
    {
        if (!_initialized.Task.IsCompleted)
        {
            InitDuration = Stopwatch.GetElapsedTime(_started);
            _initialized.TrySetResult(null);
        }

        return _invocations.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>Handles an initialization error.</summary>
    public void FailInitialization(ReadOnlyMemory<byte> error) =>
        _initialized.TrySetResult(new InvocationAnswer(error, IsError: true));

    /// <summary>Handles a response. Returns false if it is not for the current invocation.</summary>
    public bool TryAnswer(string requestId, InvocationAnswer answer) =>
        Volatile.Read(ref _current) is { } current && current.RequestId == requestId && current.TryAnswer(answer);

    /// <summary>Returns the peak resident memory of the process in MB.</summary>
    public int MeasurePeakMemory()
    {
        try
        {
            _process.Refresh();
            _peakMemory = Math.Max(_peakMemory, (int)((_process.PeakWorkingSet64 + (1 << 20) - 1) >> 20));
        }
        catch (InvalidOperationException)
        {
            // The process has ended, so the last measurement is used.
        }

        return _peakMemory;
    }

    /// <summary>Describes how the process ended, in Lambda's format.</summary>
    public string DescribeExit()
    {
        const int SignalBase = 128;
        const int Killed = SignalBase + 9;
        return _process.ExitCode == Killed
            ? "signal: killed"
            : string.Create(CultureInfo.InvariantCulture, $"exit status {_process.ExitCode}");
    }

    /// <summary>Kills the process and waits until it has ended.</summary>
    public async Task KillAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            return;
        }

        await Exited;
    }

    /// <summary>Suspends the process; afterwards only <see cref="KillAsync"/> ends it.</summary>
    public async Task SuspendAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-STOP", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        _process.Dispose();
    }

    private void Start()
    {
        _process.OutputDataReceived += (_, line) => WriteLine(line.Data);
        _process.ErrorDataReceived += (_, line) => WriteLine(line.Data);
        _process.Exited += (_, _) => _exited.TrySetResult();
        try
        {
            _started = Stopwatch.GetTimestamp();
            _process.Start();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            _exited.TrySetResult();
            throw new LambdaServiceException(
                $"{_function.LogicalId}: cannot start {_function.Command}: {exception.Message}. Build the function first.", exception);
        }

        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void WriteLine(string? line)
    {
        if (line is not null)
        {
            _log.WriteFunctionLine(line, Volatile.Read(ref _current)?.LogTail);
        }
    }

    private static void SetEnvironment(
        ProcessStartInfo start, FunctionConfiguration function, LambdaServiceOptions options, string runtimeApi)
    {
        var environment = start.Environment;
        environment.Clear();
        foreach (var inherited in (ReadOnlySpan<string>)["PATH", "LANG", "TMPDIR", "DOTNET_ROOT", Diagnostics])
        {
            if (System.Environment.GetEnvironmentVariable(inherited) is { } value)
            {
                environment[inherited] = value;
            }
        }

        if (!environment.ContainsKey("DOTNET_ROOT") && DotnetRoot() is { } root)
        {
            environment["DOTNET_ROOT"] = root;
        }

        // A killed process leaves its diagnostics sockets in the temporary folder.
        environment.TryAdd(Diagnostics, "0");

        // The installed .NET also runs builds for an earlier version.
        environment["DOTNET_ROLL_FORWARD"] = "Major";
        environment["TZ"] = ":UTC";
        environment["AWS_REGION"] = options.Region;
        environment["AWS_DEFAULT_REGION"] = options.Region;
        foreach (var (name, value) in function.Environment)
        {
            environment[name] = value;
        }

        environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        environment["AWS_LAMBDA_FUNCTION_NAME"] = function.Name;
        environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemorySize.ToString(CultureInfo.InvariantCulture);
        environment["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        environment["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        environment["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{function.Name}";
        environment["AWS_LAMBDA_LOG_STREAM_NAME"] = string.Create(
            CultureInfo.InvariantCulture, $"{options.Clock.GetUtcNow():yyyy/MM/dd}/[$LATEST]{Guid.NewGuid():N}");
        environment["LAMBDA_TASK_ROOT"] = function.WorkingDirectory;
        environment["_HANDLER"] = function.Handler;
    }

    /// <summary>The .NET root of this process, so that a function's apphost uses the same one.</summary>
    private static string? DotnetRoot() =>
        Path.GetDirectoryName(typeof(object).Assembly.Location) is { Length: > 0 } framework
            ? Path.GetFullPath(Path.Combine(framework, "..", "..", ".."))
            : null;
}
