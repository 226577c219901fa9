namespace Analytics.Local.Mapping;

/// <summary>A destination for the failure records of a mapping.</summary>
public interface IFailureDestination
{
    /// <summary>Whether <see cref="SendAsync"/> needs the invocation event (S3 does, SQS and SNS do not).</summary>
    bool TakesPayload { get; }

    /// <summary>Verifies that the destination exists.</summary>
    /// <exception cref="EventSourceMappingException">The destination does not exist.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Sends a failure record. After an exception it may not have arrived, and the mapping retries, unless the service rejected the
    /// record (<see cref="FailureRefusal"/>).
    /// </summary>
    /// <param name="failure">The record.</param>
    /// <param name="payload">The invocation event when <see cref="TakesPayload"/>, otherwise empty. Its buffer is reused after the task completes.</param>
    /// <param name="cancellationToken">Canceled when the mapping is stopped.</param>
    Task SendAsync(FailureRecord failure, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
