using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.Storage;

namespace Analytics.Counting.Windows;

/// <summary>Reads windows.</summary>
internal sealed class WindowReader(ICounterTable table)
{
    /// <summary>Maximum number of attempts. Reads of a window being written are rare: a rollup writes each window once a minute.</summary>
    private const int MaxAttempts = 20;

    /// <summary>Sorts after all keys that start with a head's key.</summary>
    private const string AfterPages = "~";

    /// <summary>Reads a window, or returns null if there is none.</summary>
    public async Task<CounterWindowState?> ReadAsync(WindowKey key, CancellationToken cancellationToken) =>
        (await ReadAsync(new KeyRange(key.Head.Partition, key.Head.Sort, key.Head.Sort + AfterPages), cancellationToken).ConfigureAwait(false))
            .SingleOrDefault(state => state.Key == key);

    /// <summary>Reads the windows of a counter that start in a time range within a partition.</summary>
    /// <param name="partition">The partition key.</param>
    /// <param name="firstTicks">The first window's start.</param>
    /// <param name="lastTicks">The last window's start.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<List<CounterWindowState>> ReadAsync(string partition, long firstTicks, long lastTicks, CancellationToken cancellationToken) =>
        ReadAsync(
            new KeyRange(partition, CounterKeys.GetStart(firstTicks), CounterKeys.GetStart(lastTicks) + AfterPages), cancellationToken);

    /// <summary>Creates windows from items, or returns null if one of them was being written while they were read.</summary>
    public static List<CounterWindowState>? Assemble(IEnumerable<Dictionary<string, AttributeValue>> items)
    {
        var windows = new Dictionary<WindowKey, List<Dictionary<string, AttributeValue>>>();
        foreach (var item in items)
        {
            if (CounterKeys.TryReadWindow(Attributes.GetKey(item), out var key, out _))
            {
                if (!windows.TryGetValue(key, out var own))
                {
                    windows.Add(key, own = []);
                }

                own.Add(item);
            }
        }

        var states = new List<CounterWindowState>(windows.Count);
        foreach (var (key, own) in windows)
        {
            if (WindowItems.Read(key, own) is { } state)
            {
                states.Add(state);
            }
            else if (own.Exists(item => Attributes.GetKey(item) == key.Head))
            {
                return null;
            }
        }

        return states;
    }

    private async Task<List<CounterWindowState>> ReadAsync(KeyRange range, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var items = new List<Dictionary<string, AttributeValue>>();
            await foreach (var item in table.QueryAsync(range, cancellationToken).ConfigureAwait(false))
            {
                items.Add(item);
            }

            if (Assemble(items) is { } windows)
            {
                return windows;
            }
        }

        throw new CounterTableException(
            $"A window in {range.Partition} of the counters table does not match its pages after repeated reads. Restore its items from a backup of the table; analytics audit tells what differs.");
    }
}
