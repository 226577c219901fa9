using System.Diagnostics;

namespace Analytics.Local.Runtime;

/// <summary>
/// An execution environment: a process that handles one invocation at a time and is reused for the next. A timeout, a crash, a
/// failed initialization or excessive memory use ends the process; the next invocation starts a new one.
/// </summary>
internal sealed class ExecutionEnvironment(
    FunctionConfiguration function, FunctionLog log, LambdaServiceOptions options, StatisticsCounter statistics) : IAsyncDisposable
{
    private static readonly TimeSpan MemorySampleInterval = TimeSpan.FromMilliseconds(50);
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private RuntimeProcess? _process;

    public async Task<InvocationResult> InvokeAsync(string requestId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(requestId, payload, cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Kills the process, as a crash of its machine would.</summary>
    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }

        _oneAtATime.Dispose();
    }

    private async Task<InvocationResult> RunAsync(string requestId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        TimeSpan? initDuration = null;
        var invocation = new ProcessInvocation(requestId, payload, options.Clock.GetUtcNow() + function.Timeout);
        if (_process is { Exited.IsCompleted: true })
        {
            await EndProcessAsync();
        }

        if (_process is null)
        {
            statistics.AddColdStart();
            _process = await RuntimeProcess.StartAsync(function, log, options, cancellationToken);
            if (await InitializeAsync(_process, requestId, cancellationToken) is { } failure)
            {
                log.WriteStart(requestId, invocation.LogTail);
                var failed = Finish(invocation, failure, TimeSpan.Zero, null, FunctionLog.InitFailed);
                await EndProcessAsync();
                return failed;
            }

            initDuration = _process.InitDuration;
            statistics.AddInit(_process.InitDuration);
            invocation = new ProcessInvocation(requestId, payload, options.Clock.GetUtcNow() + function.Timeout);
        }

        log.WriteStart(requestId, invocation.LogTail);
        var started = Stopwatch.GetTimestamp();
        _process.Offer(invocation);
        var (answer, status) = await WaitForAnswerAsync(_process, invocation, options.Faults?.Decide(function.LogicalId) ?? default, cancellationToken);
        var duration = Stopwatch.GetElapsedTime(started);
        var result = Finish(invocation, answer, duration, initDuration, status);
        if (status is not null)
        {
            await EndProcessAsync();
        }

        return result;
    }

    private async Task<InvocationAnswer?> InitializeAsync(RuntimeProcess process, string requestId, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timeout = Task.Delay(options.InitTimeout, options.Clock, stop.Token);
        var first = await Task.WhenAny(process.Initialized, process.Exited, timeout);
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (process.Initialized.IsCompletedSuccessfully)
        {
            return await process.Initialized;
        }

        return first == timeout
            ? new InvocationAnswer(ErrorPayload.InitTimedOut(requestId, options.InitTimeout), IsError: true)
            : new InvocationAnswer(ErrorPayload.Exited(requestId, process.DescribeExit()), IsError: true);
    }

    /// <summary>Returns the response, and the status for the report if the process cannot be reused, or null.</summary>
    private async Task<(InvocationAnswer Answer, string? Status)> WaitForAnswerAsync(
        RuntimeProcess process, ProcessInvocation invocation, InvocationFault fault, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var patience = fault.Kind == InvocationFaultKind.Hang ? fault.Patience : function.Timeout;
        var timeout = Task.Delay(patience, options.Clock, stop.Token);
        var tooMuchMemory = function.EnforceMemorySize ? WatchMemoryAsync(process, stop.Token) : timeout;
        // On a busy machine, a process may respond before it is killed or suspended; its response is then discarded.
        Task answered = fault.Kind is InvocationFaultKind.None or InvocationFaultKind.KillAtMoment ? invocation.Answer : timeout;
        var broken = BreakAsync(process, invocation, fault, stop.Token);
        var first = await Task.WhenAny(answered, process.Exited, timeout, tooMuchMemory, broken);
        await stop.CancelAsync();
        if (broken.IsCompletedSuccessfully)
        {
            await process.KillAsync();
            return (new InvocationAnswer(ErrorPayload.Exited(invocation.RequestId, process.DescribeExit()), IsError: true), FunctionLog.Crashed);
        }

        if (fault.Kind == InvocationFaultKind.KillAtMoment)
        {
            options.Faults!.Missed(function.LogicalId, fault);
        }

        var isTooLarge = function.EnforceMemorySize && process.MeasurePeakMemory() > function.MemorySize;
        if (answered.IsCompletedSuccessfully && answered == invocation.Answer && !isTooLarge)
        {
            return (await invocation.Answer, null);
        }

        if (first == process.Exited)
        {
            return (new InvocationAnswer(ErrorPayload.Exited(invocation.RequestId, process.DescribeExit()), IsError: true), FunctionLog.Crashed);
        }

        await process.KillAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (isTooLarge)
        {
            return (new InvocationAnswer(ErrorPayload.OutOfMemory(invocation.RequestId), IsError: true), FunctionLog.OutOfMemory);
        }

        var error = ErrorPayload.TimedOut(options.Clock.GetUtcNow(), invocation.RequestId, patience);
        return (new InvocationAnswer(error, IsError: true), FunctionLog.TimedOut);
    }

    /// <summary>Completes when the process is to be killed by a fault.</summary>
    private static async Task BreakAsync(RuntimeProcess process, ProcessInvocation invocation, InvocationFault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case InvocationFaultKind.KillWhenTaken:
                await invocation.Taken.WaitAsync(cancellationToken);
                return;
            case InvocationFaultKind.KillAtMoment:
                await fault.Moment!.WaitAsync(cancellationToken);
                return;
            case InvocationFaultKind.KillWhenAnswered:
                await invocation.Answer.WaitAsync(cancellationToken);
                return;
            case InvocationFaultKind.Hang:
                await invocation.Taken.WaitAsync(cancellationToken);
                await process.SuspendAsync(cancellationToken);
                break;
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private async Task WatchMemoryAsync(RuntimeProcess process, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(MemorySampleInterval, options.Clock);
        while (process.MeasurePeakMemory() <= function.MemorySize)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private InvocationResult Finish(
        ProcessInvocation invocation, InvocationAnswer answer, TimeSpan duration, TimeSpan? initDuration, string? status)
    {
        var memory = _process?.MeasurePeakMemory() ?? 0;
        log.WriteEnd(invocation.RequestId, duration, initDuration, function.MemorySize, memory, status, invocation.LogTail);
        statistics.AddInvocation(duration, answer.IsError, memory);
        options.Invoked?.Invoke(function, new InvocationReport(duration, answer.IsError, IsThrottled: false));
        return new InvocationResult
        {
            RequestId = invocation.RequestId,
            Payload = answer.Payload,
            FunctionError = answer.IsError ? "Unhandled" : null,
            LogTail = FunctionLog.GetTail(invocation.LogTail),
        };
    }

    private async Task EndProcessAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }
}
