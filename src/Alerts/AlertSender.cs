using Analytics.Streaming;
using AWS.Lambda.Powertools.Logging;

namespace Analytics.Alerts;

/// <summary>Sends a batch's alerts: find those not yet published, claim them, publish them, mark them.</summary>
internal sealed class AlertSender(AlertClaims claims, AlertPublisher publisher)
{
    /// <summary>Sends what has not been sent. What could not be is reported by its lowest sequence number.</summary>
    public async Task<CommitResult> SendAsync(AlertsFold fold, CancellationToken cancellationToken)
    {
        if (fold.Alerts.Count == 0)
        {
            return CommitResult.Complete;
        }

        var now = fold.Batch.ProcessedAt;
        var unsent = new Unsent();

        var (published, unread) = await claims.FindPublishedAsync(fold.Alerts, cancellationToken).ConfigureAwait(false);
        var readable = unsent.Without(fold.Alerts, unread.Indices, unread.Cause);
        List<Alert> open = [.. readable.Where(alert => !published.Contains(alert.ClaimKey))];

        var unclaimed = await claims.ClaimAsync(open, now, cancellationToken).ConfigureAwait(false);
        var claimed = unsent.Without(open, unclaimed.Indices, unclaimed.Cause);

        var (unpublished, cause) = await publisher.PublishAsync(claimed, cancellationToken).ConfigureAwait(false);
        var sent = unsent.Without(claimed, unpublished, cause);

        var unmarked = await claims.MarkAsync(sent, now, cancellationToken).ConfigureAwait(false);
        if (unmarked.Cause is { } exception)
        {
            Logger.LogWarning(
                $"{unmarked.Indices.Count} alerts were sent but could not be marked so: should their records come again, they are sent again. "
                + FailureText.Of(exception));
        }

        return unsent.Result;
    }

    /// <summary>The lowest sequence number of what was not sent, and why.</summary>
    private sealed class Unsent
    {
        private SequenceNumber? _lowest;
        private Exception? _cause;

        public CommitResult Result => _lowest is { } lowest ? CommitResult.FailedFrom(lowest, _cause) : CommitResult.Complete;

        /// <summary>Takes note of the alerts at some indices (ascending, as the records are), and gives the others.</summary>
        public IReadOnlyList<Alert> Without(IReadOnlyList<Alert> alerts, IReadOnlyList<int> failed, Exception? cause)
        {
            if (failed.Count == 0)
            {
                return alerts;
            }

            var first = alerts[failed[0]].SequenceNumber;
            if (_lowest is null || first < _lowest)
            {
                (_lowest, _cause) = (first, cause);
            }

            var without = failed.ToHashSet();
            return [.. alerts.Where((_, index) => !without.Contains(index))];
        }
    }
}
