using Analytics.Alerting.Messages;

namespace Analytics.Alerting.Publishing;

/// <summary>Publishes alerts.</summary>
public interface IAlertPublisher
{
    /// <summary>Publishes messages.</summary>
    /// <returns>The indices of messages that may not be published, in ascending order, and the cause for the first of them.</returns>
    Task<(IReadOnlyList<int> Failed, Exception? Cause)> PublishAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken);
}
