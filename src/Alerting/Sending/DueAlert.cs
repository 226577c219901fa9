using Analytics.Alerting.Messages;

namespace Analytics.Alerting.Sending;

/// <summary>An alert to be sent, unless it is marked.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Describe">Returns the facts of the message.</param>
internal sealed record DueAlert(AlertMark Mark, Func<AlertContent> Describe);
