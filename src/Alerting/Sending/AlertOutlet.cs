using Analytics.Alerting.Messages;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Storage;
using Analytics.Streaming;
using AWS.Lambda.Powertools.Logging;

namespace Analytics.Alerting.Sending;

/// <summary>Publishes alerts that are not marked as sent, and marks them, under a lease, so that a second sender of the same alerts finds the marks of the first.</summary>
internal sealed class AlertOutlet(IAlertTable table, IAlertPublisher publisher, string? link, TimeProvider clock)
{
    /// <summary>The number of alerts published between lookup and marking, which is the maximum number that a crash can repeat.</summary>
    public const int MaxUnmarked = 100;

    /// <summary>Sends alerts in order.</summary>
    /// <param name="lease">The name of the lease, the same for all possible senders of the same alerts.</param>
    /// <param name="alerts">The alerts.</param>
    /// <param name="now">The time, for the marks.</param>
    /// <param name="cancellationToken">Cancels sending.</param>
    /// <returns>The indices of the alerts that are not known to be sent, and the cause.</returns>
    public async Task<IReadOnlyList<(int Index, Exception? Cause)>> SendAsync(
        string lease, IReadOnlyList<DueAlert> alerts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var unsent = new List<(int Index, Exception? Cause)>();
        if (alerts.Count == 0)
        {
            return unsent;
        }

        using var held = await SendingLease.AcquireAsync(table, clock, lease, Guid.NewGuid().ToString("N"), cancellationToken).ConfigureAwait(false);
        try
        {
            for (var start = 0; start < alerts.Count; start += MaxUnmarked)
            {
                if (!await held.RenewAsync(cancellationToken).ConfigureAwait(false))
                {
                    var cause = new AlertStateException("The lease was lost.");
                    unsent.AddRange(Enumerable.Range(start, alerts.Count - start).Select(index => (index, (Exception?)cause)));
                    break;
                }

                var chunk = alerts.Skip(start).Take(MaxUnmarked).ToList();
                using var time = CancellationTokenSource.CreateLinkedTokenSource(held.End, cancellationToken);
                foreach (var (index, cause) in await PublishAsync(chunk, now, time.Token, cancellationToken).ConfigureAwait(false))
                {
                    unsent.Add((start + index, cause));
                }
            }
        }
        finally
        {
            await held.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        }

        return unsent;
    }

    private async Task<List<(int Index, Exception? Cause)>> PublishAsync(
        List<DueAlert> alerts, DateTimeOffset now, CancellationToken end, CancellationToken cancellationToken)
    {
        var (marked, unread) = await SentAlerts.FindAsync(table, [.. alerts.Select(alert => alert.Mark)], cancellationToken).ConfigureAwait(false);
        List<(int Index, Exception? Cause)> unsent = [.. unread.Indices.Select(index => (index, unread.Cause))];
        marked.UnionWith(unread.Indices);
        List<int> open = [.. Enumerable.Range(0, alerts.Count).Where(index => !marked.Contains(index))];
        if (open.Count == 0)
        {
            return unsent;
        }

        List<AlertContent> contents = [.. open.Select(index => alerts[index].Describe())];
        List<AlertMessage> messages = [.. contents.Select(content => AlertMessage.Create(content, link))];
        var (failed, cause) = await publisher.PublishAsync(messages, end).ConfigureAwait(false);
        unsent.AddRange(failed.Select(index => (open[index], cause)));

        var unpublished = failed.ToHashSet();
        var marks = Enumerable.Range(0, open.Count)
            .Where(index => !unpublished.Contains(index))
            .Select(index => SentAlerts.ToItem(alerts[open[index]].Mark, contents[index], messages[index], now))
            .ToList();
        if (marks.Count == 0)
        {
            return unsent;
        }

        var unmarked = await table.PutAsync(marks, cancellationToken).ConfigureAwait(false);
        if (unmarked.Cause is { } exception)
        {
            Logger.LogWarning(
                $"{unmarked.Indices.Count} alerts were sent but could not be marked: if they are decided again, they are sent again. {FailureText.Create(exception)}");
        }

        return unsent;
    }
}
