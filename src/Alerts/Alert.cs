using Analytics.Streaming;

namespace Analytics.Alerts;

/// <summary>One notification to be sent once.</summary>
/// <param name="Rule">The name of its definition.</param>
/// <param name="ClaimKey">Its identity: the rule and the record, as the partition key of its claim.</param>
/// <param name="SequenceNumber">The record that it came from.</param>
/// <param name="Subject">The message's subject, from the definition.</param>
/// <param name="Message">The message's body, JSON.</param>
internal readonly record struct Alert(string Rule, string ClaimKey, SequenceNumber SequenceNumber, string Subject, string Message);
