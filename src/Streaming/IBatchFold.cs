using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>Accumulates what a function writes for a batch. Pure: no I/O and no clock.</summary>
public interface IBatchFold
{
    /// <summary>
    /// Adds a user record. An exception stops the fold at its Kinesis record: the preceding records are folded again and committed,
    /// and the record is reported to Lambda.
    /// </summary>
    void Add(in StreamRecord record, in UserRecord user);
}
