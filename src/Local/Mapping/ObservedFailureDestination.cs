namespace Analytics.Local.Mapping;

/// <summary>Notifies an observer of delivered failure records.</summary>
/// <param name="destination">The destination.</param>
/// <param name="delivered">Receives each failure record after its delivery.</param>
internal sealed class ObservedFailureDestination(IFailureDestination destination, Action<FailureRecord> delivered) : IFailureDestination
{
    /// <inheritdoc/>
    public bool TakesPayload => destination.TakesPayload;

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => destination.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task SendAsync(FailureRecord failure, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await destination.SendAsync(failure, payload, cancellationToken);
        delivered(failure);
    }
}
