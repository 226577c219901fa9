namespace Analytics.Events.Patterns;

/// <summary>The target of a <see cref="Pattern"/>, which determines its allowed top-level keys.</summary>
public enum PatternTarget
{
    /// <summary>An <see cref="Event"/>: the canonical names of <see cref="EventFieldNames"/>, and <c>data</c> for the producer's JSON.</summary>
    Event,
    /// <summary>A Kinesis record, as in Lambda's FilterCriteria: <c>data</c> for its JSON, <c>partitionKey</c> and the other metadata.</summary>
    Record,
}
