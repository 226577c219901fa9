using System.Collections.Concurrent;
using Analytics.Counting.Folding;
using Analytics.Streaming;

namespace Analytics.Counting.Committing;

/// <summary>The cells of a batch that are not known to be written, and why.</summary>
internal sealed class CommitFailures
{
    private readonly ConcurrentDictionary<Cell, Exception> _cells = [];

    /// <summary>Why one of them failed; null when none did.</summary>
    public Exception? Cause => _cells.Values.FirstOrDefault();

    public bool Contains(Cell cell) => _cells.ContainsKey(cell);

    /// <summary>Runs something that the cells need; when it throws, they have failed.</summary>
    /// <returns>Whether it went well.</returns>
    public async Task<bool> CatchAsync(IEnumerable<Cell> cells, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            return true;
        }
#pragma warning disable CA1031 // Whatever went wrong, what it was about is not written, and comes again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (var cell in cells)
            {
                _ = _cells.TryAdd(cell, exception);
            }

            return false;
        }
    }

    /// <summary>The lowest sequence number among the cells' records.</summary>
    public CommitResult Result(CounterFold fold)
    {
        if (_cells.IsEmpty)
        {
            return CommitResult.Complete;
        }

        var (cell, cause) = _cells.Where(failure => !failure.Key.IsEmpty).MinBy(failure => failure.Key.First);
        return CommitResult.FailedFrom(fold.SequenceNumberAt(cell.First), cause);
    }
}
