using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Counters;

/// <summary>Reads counters for the page.</summary>
internal interface ICounterSource
{
    /// <summary>Reads the windows of a counter that start in a span of time; by start.</summary>
    /// <param name="counter">The counter's name.</param>
    /// <param name="window">The windows' length.</param>
    /// <param name="from">The first window's start.</param>
    /// <param name="to">The windows start before this time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<CounterValue>> ReadAsync(
        string counter, CounterWindow window, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}
