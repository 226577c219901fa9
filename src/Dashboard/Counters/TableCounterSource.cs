using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Counters;

/// <summary>Reads counters from their table.</summary>
/// <param name="reader">Reads the table.</param>
internal sealed class TableCounterSource(CounterReader reader) : ICounterSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<CounterValue>> ReadAsync(
        string counter, CounterWindow window, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var values = new List<CounterValue>();
        await foreach (var value in reader.QueryAsync(new CounterQuery { Counter = counter, Window = window, From = from, To = to }, cancellationToken))
        {
            values.Add(value);
        }

        return values;
    }
}
