using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>Reads closed windows: those whose end every shard has passed. Later events still count in them.</summary>
public interface IClosedWindows
{
    /// <summary>Reads the time up to which windows are closed.</summary>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The time: a window that ends by then is closed. Null if nothing was ever counted.</returns>
    /// <exception cref="CounterTableException">The content of the table is invalid.</exception>
    Task<DateTimeOffset?> ReadClosedUpToAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads a counter's windows under its current definition.</summary>
    /// <param name="counter">The counter's name.</param>
    /// <param name="window">The windows' length.</param>
    /// <param name="from">The start of the first window.</param>
    /// <param name="to">The end of the last window.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The values, in the order of their windows' starts; a window without events has none.</returns>
    /// <exception cref="CounterTableException">The content of the table is invalid.</exception>
    Task<IReadOnlyList<CounterValue>> ReadAsync(
        string counter, CounterWindow window, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Gets the hash of a counter's current definition. Numbers of different definitions must not be combined.</summary>
    string GetDefinition(string counter);
}
