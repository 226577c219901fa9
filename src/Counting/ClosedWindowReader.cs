using Amazon.DynamoDBv2;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>
/// Reads closed windows, rolled up or not. A shard without new links counts as idle after some time, so that windows close even if no events
/// arrive. Not thread-safe.
/// </summary>
public sealed class ClosedWindowReader : IClosedWindows
{
    private readonly ICounterTable _table;
    private readonly TimeSpan _idle;
    private readonly Dictionary<string, string> _definitions;
    private CounterReader _reader;

    /// <summary>Creates a reader.</summary>
    /// <param name="definitions">The counters' current definitions.</param>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="table">The name of the counters table.</param>
    /// <param name="batchingWindow">The batching window of the function Counters.</param>
    public ClosedWindowReader(Definitions definitions, IAmazonDynamoDB dynamoDb, string table, TimeSpan batchingWindow)
        : this(definitions, new DynamoCounterTable(dynamoDb, table), RollupSettings.Default.Idle + batchingWindow)
    {
    }

    internal ClosedWindowReader(Definitions definitions, ICounterTable table, TimeSpan idle)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        _table = table;
        _idle = idle;
        _definitions = new CounterSet(definitions).Counters.ToDictionary(counter => counter.Definition.Name, counter => counter.Hash, StringComparer.Ordinal);
        _reader = new CounterReader(table, null);
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset?> ReadClosedUpToAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Clears the windows read before, so that a reused reader holds at most one run's windows.
        _reader = new CounterReader(_table, null);
        return _reader.ReadCountedUpToAsync(now - _idle, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CounterValue>> ReadAsync(
        string counter, CounterWindow window, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var query = new CounterQuery { Counter = counter, Window = window, From = from, To = to };
        var values = new List<CounterValue>();
        await foreach (var value in _reader.QueryAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (value.Definition == _definitions[counter])
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <inheritdoc/>
    public string GetDefinition(string counter) => _definitions[counter];
}
