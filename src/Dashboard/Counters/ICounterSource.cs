using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Counters;

/// <summary>Reads counters for the page.</summary>
internal interface ICounterSource
{
    /// <summary>Reads the windows of a counter that start in a time range, by start.</summary>
    /// <param name="counter">The counter's name.</param>
    /// <param name="window">The windows' length.</param>
    /// <param name="from">The first window's start.</param>
    /// <param name="to">The exclusive upper bound of the windows' start.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<IReadOnlyList<CounterValue>> ReadAsync(
        string counter, CounterWindow window, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}
