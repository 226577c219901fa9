namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>The behavior of a batch processor after a failed record.</summary>
public enum BatchProcessorErrorHandlingPolicy
{
    /// <summary>The event's policy: for a stream, stop at the first failure, because Lambda delivers again from there.</summary>
    DeriveFromEvent,

    /// <summary>Later records are still processed; only failed ones are reported.</summary>
    ContinueOnBatchItemFailure,

    /// <summary>Processing stops; the failed record and all later ones are reported.</summary>
    StopOnFirstBatchItemFailure,
}
