using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Alerting.Sending;

/// <summary>An event that matches a rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Key">The key of the rule's cooldown, or null if it has none.</param>
/// <param name="Id">The identity of the event's record, the same on every delivery.</param>
/// <param name="SequenceNumber">The Kinesis record.</param>
/// <param name="ArrivalTime">The arrival time in Kinesis.</param>
/// <param name="Index">The event's index for <see cref="EventAlertBatch.Describe"/>.</param>
public readonly record struct EventMatch(
    MatchRule Rule, string? Key, string Id, SequenceNumber SequenceNumber, DateTimeOffset ArrivalTime, int Index)
{
    /// <summary>The mark of its alert.</summary>
    internal AlertMark Mark => new(Rule.Name, ArrivalTime, Id);
}
