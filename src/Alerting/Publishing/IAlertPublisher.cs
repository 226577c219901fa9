using Analytics.Alerting.Messages;

namespace Analytics.Alerting.Publishing;

/// <summary>Publishes alerts.</summary>
public interface IAlertPublisher
{
    /// <summary>Publishes messages.</summary>
    /// <returns>The indices of those not known to be published, ascending, and why the first of them was not.</returns>
    Task<(IReadOnlyList<int> Failed, Exception? Cause)> PublishAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken);
}
