using System.Collections.Concurrent;
using System.Globalization;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace Analytics.Alerts;

/// <summary>Publishes alerts to the topic, ten a call and several calls at a time.</summary>
internal sealed class AlertPublisher(IAmazonSimpleNotificationService sns, string topicArn)
{
    /// <summary>Messages in one PublishBatch call (https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html).</summary>
    public const int MaxMessages = 10;

    private const int MaxParallelCalls = 4;

    /// <summary>Publishes alerts.</summary>
    /// <returns>The indices of those not known to be published, ascending, and why the first of them was not.</returns>
    public async Task<(IReadOnlyList<int> Failed, Exception? Cause)> PublishAsync(
        IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        var failures = new ConcurrentBag<(int Index, Exception Cause)>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelCalls };
        await Parallel.ForEachAsync(Enumerable.Range(0, alerts.Count).Chunk(MaxMessages), parallel, async (chunk, _) =>
        {
            foreach (var failure in await PublishChunkAsync(alerts, chunk, cancellationToken).ConfigureAwait(false))
            {
                failures.Add(failure);
            }
        }).ConfigureAwait(false);
        return ([.. failures.Select(failure => failure.Index).Order()], failures.Count == 0 ? null : failures.MinBy(failure => failure.Index).Cause);
    }

    private async Task<IEnumerable<(int Index, Exception Cause)>> PublishChunkAsync(
        IReadOnlyList<Alert> alerts, int[] chunk, CancellationToken cancellationToken)
    {
        try
        {
            var response = await sns.PublishBatchAsync(
                new PublishBatchRequest
                {
                    TopicArn = topicArn,
                    PublishBatchRequestEntries = [.. chunk.Select(index => EntryOf(alerts[index], index))],
                },
                cancellationToken).ConfigureAwait(false);
            return (response.Failed ?? []).Select(failed =>
                (int.Parse(failed.Id, NumberStyles.None, CultureInfo.InvariantCulture),
                (Exception)new AmazonSimpleNotificationServiceException("An entry of a batch was not published.") { ErrorCode = failed.Code }));
        }
#pragma warning disable CA1031 // Whatever went wrong with one call, the others go on and this one's alerts are reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return chunk.Select(index => (index, exception));
        }
    }

    private static PublishBatchRequestEntry EntryOf(Alert alert, int index) => new()
    {
        Id = index.ToString(CultureInfo.InvariantCulture),
        Subject = alert.Subject,
        Message = alert.Message,
        MessageAttributes = new Dictionary<string, MessageAttributeValue>
        {
            ["rule"] = new() { DataType = "String", StringValue = alert.Rule },
        },
    };
}
