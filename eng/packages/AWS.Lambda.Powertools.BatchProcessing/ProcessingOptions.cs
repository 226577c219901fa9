namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>Options for processing a batch.</summary>
public class ProcessingOptions
{
    /// <summary>
    /// Passed to the handler with each record. After cancellation no further record is started: the rest is reported as failed.
    /// </summary>
    public CancellationToken? CancellationToken { get; init; }

    /// <summary>The error handling policy; the default is <see cref="BatchProcessorErrorHandlingPolicy.DeriveFromEvent"/>.</summary>
    public BatchProcessorErrorHandlingPolicy? ErrorHandlingPolicy { get; init; }

    /// <summary>
    /// Whether to throw when every record of a batch failed, instead of reporting them. The published package does so by default,
    /// which makes Lambda apply its rules for a failed invocation; here the default is false, so set it explicitly.
    /// </summary>
    public bool ThrowOnFullBatchFailure { get; init; }
}
