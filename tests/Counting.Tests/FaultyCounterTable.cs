using Analytics.Counting.Keys;
using Analytics.Counting.Partials;

namespace Analytics.Counting.Tests;

/// <summary>A table as one environment sees it, whose calls end by faults as they are asked for.</summary>
/// <param name="table">The table.</param>
/// <param name="nextFault">The fault of the next call.</param>
/// <param name="ended">Told when the environment ends.</param>
internal sealed class FaultyCounterTable(ICounterTable table, Func<Fault> nextFault, Action ended) : ICounterTable
{
    private readonly Lock _lock = new();
    private bool _hasEnded;

    public Task<StoredPartial?> WriteAsync(PartialWrite write, CancellationToken cancellationToken) =>
        CallAsync(() => table.WriteAsync(write, cancellationToken));

    public Task<IReadOnlyDictionary<ItemKey, IReadOnlyCollection<ulong>>> ReadValuesAsync(
        IReadOnlyCollection<ItemKey> lists, CancellationToken cancellationToken) =>
        CallAsync(() => table.ReadValuesAsync(lists, cancellationToken));

    public Task<IReadOnlyCollection<string>> ReadPartialsAsync(string partitionKey, CancellationToken cancellationToken) =>
        CallAsync(() => table.ReadPartialsAsync(partitionKey, cancellationToken));

    public Task<IReadOnlyList<IReadOnlyCollection<ulong>>> ReadSharedValuesAsync(ItemKey first, CancellationToken cancellationToken) =>
        CallAsync(() => table.ReadSharedValuesAsync(first, cancellationToken));

    public Task AddValuesAsync(ItemKey list, IReadOnlyCollection<ulong> values, DateTimeOffset expiry, CancellationToken cancellationToken) =>
        CallAsync(async () =>
        {
            await table.AddValuesAsync(list, values, expiry, cancellationToken);
            return true;
        });

    public Task<IReadOnlyCollection<ulong>> TryAddSharedValuesAsync(
        ItemKey part, IReadOnlyCollection<ulong> values, int capacity, DateTimeOffset expiry, CancellationToken cancellationToken) =>
        CallAsync(() => table.TryAddSharedValuesAsync(part, values, capacity, expiry, cancellationToken));

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        var fault = NextFault();
        if (fault is Fault.Refused or Fault.EndsBefore)
        {
            throw new TimeoutException(fault.ToString());
        }

        var result = await call();
        return fault switch
        {
            Fault.None => result,
            Fault.SentTwice => await call(),
            _ => throw new TimeoutException(fault.ToString()),
        };
    }

    private Fault NextFault()
    {
        lock (_lock)
        {
            var fault = _hasEnded ? Fault.EndsBefore : nextFault();
            if (fault is Fault.EndsBefore or Fault.EndsAfter && !_hasEnded)
            {
                _hasEnded = true;
                ended();
            }

            return fault;
        }
    }
}
