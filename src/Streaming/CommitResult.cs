namespace Analytics.Streaming;

/// <summary>What became of a commit: everything is written, or the lowest sequence number that something unwritten touches.</summary>
public readonly record struct CommitResult
{
    /// <summary>Everything is written.</summary>
    public static CommitResult Complete => default;

    /// <summary>Something that the record with this sequence number touches, and no earlier one, is not written.</summary>
    public static CommitResult FailedFrom(SequenceNumber lowest, Exception? cause = null) => new() { Lowest = lowest, Cause = cause };

    /// <summary>The lowest sequence number to be delivered again, or null when all is written.</summary>
    public SequenceNumber? Lowest { get; private init; }

    /// <summary>Why, for the log.</summary>
    public Exception? Cause { get; private init; }
}
