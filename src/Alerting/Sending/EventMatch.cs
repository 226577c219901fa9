using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Alerting.Sending;

/// <summary>An event that a rule selects.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Key">The key of the rule's cooldown; null when it has none.</param>
/// <param name="Id">The identity of the event's record, the same whenever it is delivered.</param>
/// <param name="SequenceNumber">The Kinesis record.</param>
/// <param name="ArrivalTime">When Kinesis took the record in.</param>
/// <param name="Index">What <see cref="EventAlertBatch.Describe"/> knows the event by.</param>
public readonly record struct EventMatch(
    MatchRule Rule, string? Key, string Id, SequenceNumber SequenceNumber, DateTimeOffset ArrivalTime, int Index)
{
    /// <summary>The mark of its alert.</summary>
    internal AlertMark Mark => new(Rule.Name, ArrivalTime, Id);
}
