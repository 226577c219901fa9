namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>What a batch processor does after a record that failed.</summary>
public enum BatchProcessorErrorHandlingPolicy
{
    /// <summary>The event's own policy: for a stream, to stop at the first failure, since Lambda delivers again from there.</summary>
    DeriveFromEvent,

    /// <summary>Later records are processed all the same; only failed ones are reported.</summary>
    ContinueOnBatchItemFailure,

    /// <summary>Processing stops; the failed record and all later ones are reported.</summary>
    StopOnFirstBatchItemFailure,
}
