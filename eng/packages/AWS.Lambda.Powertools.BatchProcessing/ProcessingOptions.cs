namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>How a batch is to be processed.</summary>
public class ProcessingOptions
{
    /// <summary>
    /// Handed to the handler with each record. Once it is cancelled, no further record is begun: the rest is reported as failed.
    /// </summary>
    public CancellationToken? CancellationToken { get; init; }

    /// <summary>What to do after a failure; none means <see cref="BatchProcessorErrorHandlingPolicy.DeriveFromEvent"/>.</summary>
    public BatchProcessorErrorHandlingPolicy? ErrorHandlingPolicy { get; init; }

    /// <summary>
    /// Whether to throw when every record of a batch failed, instead of reporting them. The published package does so unless told otherwise,
    /// which makes Lambda retry by its rules for a failed invocation; here it has to be asked for, so set it either way.
    /// </summary>
    public bool ThrowOnFullBatchFailure { get; init; }
}
