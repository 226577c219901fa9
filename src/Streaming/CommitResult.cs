namespace Analytics.Streaming;

/// <summary>The result of a commit: everything is written, or the lowest sequence number that is affected by a failed write.</summary>
public readonly record struct CommitResult
{
    /// <summary>Everything is written.</summary>
    public static CommitResult Complete => default;

    /// <summary>Creates the result of a failed write whose lowest affected sequence number is given.</summary>
    public static CommitResult FailedFrom(SequenceNumber lowest, Exception? cause = null) => new() { Lowest = lowest, Cause = cause };

    /// <summary>The lowest sequence number to redeliver, or null if everything is written.</summary>
    public SequenceNumber? Lowest { get; private init; }

    /// <summary>The cause, for the log.</summary>
    public Exception? Cause { get; private init; }
}
