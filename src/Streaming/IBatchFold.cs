using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>What a function makes of a batch, before anything is written. Pure: no I/O and no clock.</summary>
public interface IBatchFold
{
    /// <summary>
    /// Adds one user record. An exception stops the fold at its Kinesis record: the records before it are folded afresh and committed,
    /// and that record is reported to Lambda.
    /// </summary>
    void Add(in StreamRecord record, in UserRecord user);
}
