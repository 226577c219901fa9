namespace Analytics.Local.Mapping;

/// <summary>Takes the failure records of a mapping.</summary>
public interface IFailureDestination
{
    /// <summary>Whether <see cref="SendAsync"/> wants the invocation event as well (S3 does, SQS and SNS do not).</summary>
    bool TakesPayload { get; }

    /// <summary>Checks that the destination is there.</summary>
    /// <exception cref="EventSourceMappingException">It is not; one line says which.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Sends one failure record. An exception means that it may not have arrived: the mapping tries again, unless the service refused the
    /// record (<see cref="FailureRefusal"/>).
    /// </summary>
    /// <param name="failure">The record.</param>
    /// <param name="payload">The invocation event when <see cref="TakesPayload"/>, otherwise empty. Its buffer is used again once the task ends.</param>
    /// <param name="cancellationToken">Fires when the mapping is stopped.</param>
    Task SendAsync(FailureRecord failure, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
