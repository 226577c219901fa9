namespace Analytics.Counting.Storage;

/// <summary>Makes a bounded number of concurrent calls, without additional threads.</summary>
internal static class Concurrently
{
    /// <summary>Runs an action for each element. The first failure stops the others.</summary>
    public static async Task ForEachAsync<T>(IEnumerable<T> source, int maxCalls, CancellationToken cancellationToken, Func<T, CancellationToken, Task> action)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var elements = source.GetEnumerator();
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, maxCalls).Select(_ => WorkAsync())).ConfigureAwait(false);

        async Task WorkAsync()
        {
            try
            {
                while (TryTake(out var element))
                {
                    stopping.Token.ThrowIfCancellationRequested();
                    await action(element, stopping.Token).ConfigureAwait(false);
                }
            }
            catch
            {
                await stopping.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }

        bool TryTake(out T element)
        {
            lock (gate)
            {
                var hasNext = elements.MoveNext();
                element = hasNext ? elements.Current : default!;
                return hasNext;
            }
        }
    }
}
