namespace Analytics.Local.Deployment;

/// <summary>Tasks that run in the background until the deployment stops.</summary>
internal sealed class BackgroundTasks : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _tasks = [];

    /// <summary>Faults with the first <see cref="LocalDeploymentException"/> of a task; never completes otherwise.</summary>
    public Task Fault => _fault.Task;

    /// <summary>Starts a task.</summary>
    /// <param name="runAsync">Runs until its token is cancelled.</param>
    public void Start(Func<CancellationToken, Task> runAsync) => _tasks.Add(RunAsync(runAsync));

    /// <summary>Cancels the tasks and waits for them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> runAsync)
    {
        try
        {
            await runAsync(_stopping.Token);
        }
        catch (LocalDeploymentException e)
        {
            _fault.TrySetException(e);
        }
    }
}
