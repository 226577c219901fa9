namespace Analytics.Local.Deployment;

/// <summary>Parts that are disposed together, in reverse order.</summary>
internal sealed class OwnedParts : IAsyncDisposable
{
    private readonly Stack<object> _parts = [];

    /// <summary>Takes ownership of a part.</summary>
    /// <typeparam name="T">The part's type: <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/>.</typeparam>
    /// <returns>The part.</returns>
    public T Add<T>(T part)
        where T : notnull
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>Disposes the parts. No effect if already disposed.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            switch (part)
            {
                case IAsyncDisposable asynchronous:
                    await asynchronous.DisposeAsync();
                    break;
                case IDisposable synchronous:
                    synchronous.Dispose();
                    break;
            }
        }
    }
}
