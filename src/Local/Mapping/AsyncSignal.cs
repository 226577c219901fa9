namespace Analytics.Local.Mapping;

/// <summary>Wakes one waiter. A signal without a waiter is kept; several count as one.</summary>
internal sealed class AsyncSignal(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private bool _isSet;

    /// <summary>Wakes the waiter, or the next one.</summary>
    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            waiter = _waiter;
            _waiter = null;
            _isSet = waiter is null;
        }

        waiter?.SetResult();
    }

    /// <summary>Waits for a signal, at most for <paramref name="longest"/> if given.</summary>
    public async Task WaitAsync(TimeSpan? longest, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiter;
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return;
            }

            waiter = _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timeout = Task.Delay(longest ?? Timeout.InfiniteTimeSpan, clock, timer.Token);
        await Task.WhenAny(waiter.Task, timeout);
        await timer.CancelAsync();
        lock (_gate)
        {
            if (_waiter == waiter)
            {
                _waiter = null;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
