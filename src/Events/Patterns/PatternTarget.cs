namespace Analytics.Events.Patterns;

/// <summary>What a <see cref="Pattern"/> is matched against; decides which top-level keys it may have.</summary>
public enum PatternTarget
{
    /// <summary>An <see cref="Event"/>: the canonical names of <see cref="EventFieldNames"/>, and <c>data</c> for the producer's own JSON.</summary>
    Event,
    /// <summary>A Kinesis record, as Lambda's FilterCriteria see it: <c>data</c> for its JSON, <c>partitionKey</c> and the other metadata.</summary>
    Record,
}
