namespace Analytics.Local.Mapping;

/// <summary>Tells an observer of each failure record that was delivered.</summary>
/// <param name="destination">Takes the records.</param>
/// <param name="delivered">Takes each one after its delivery.</param>
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
