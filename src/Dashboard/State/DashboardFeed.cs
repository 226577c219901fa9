namespace Analytics.Dashboard.State;

/// <summary>Holds the current <see cref="DashboardState"/> and signals newer ones. Thread-safe.</summary>
internal sealed class DashboardFeed
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Distinguishes versions of this process from those of earlier ones.</summary>
    public string Epoch { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>The current document.</summary>
    public DashboardState Current { get; private set; } = DashboardState.Empty;

    /// <summary>Replaces the entries of a set of keys.</summary>
    /// <param name="owned">Returns whether a key is in the set.</param>
    /// <param name="entries">The entries, JSON in UTF-8.</param>
    public void Publish(Func<string, bool> owned, IReadOnlyDictionary<string, byte[]> entries)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            var next = Current.With(owned, entries);
            if (next == Current)
            {
                return;
            }

            Current = next;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    /// <summary>Completes when the document is newer than a given version.</summary>
    public Task WaitForNewerAsync(long version)
    {
        lock (_gate)
        {
            return Current.Version > version ? Task.CompletedTask : _changed.Task;
        }
    }
}
