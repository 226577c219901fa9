using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Analytics.Alerting.Messages;

namespace Analytics.Alerting.Publishing;

/// <summary>Publishes alerts to the topic, up to ten per call and several calls at a time.</summary>
/// <param name="sns">The client.</param>
/// <param name="topicArn">The topic.</param>
public sealed class AlertPublisher(IAmazonSimpleNotificationService sns, string topicArn) : IAlertPublisher
{
    /// <summary>The maximum number of messages in a PublishBatch call (https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html).</summary>
    public const int MaxMessages = 10;

    /// <summary>The maximum size of all messages in a PublishBatch call, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxParallelCalls = 4;

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<int> Failed, Exception? Cause)> PublishAsync(
        IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var failures = new ConcurrentBag<(int Index, Exception Cause)>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelCalls };
        await Parallel.ForEachAsync(Split([.. messages.Select(ToEntry)]), parallel, async (entries, _) =>
        {
            foreach (var failure in await PublishAsync(entries, cancellationToken).ConfigureAwait(false))
            {
                failures.Add(failure);
            }
        }).ConfigureAwait(false);
        return ([.. failures.Select(failure => failure.Index).Order()], failures.IsEmpty ? null : failures.MinBy(failure => failure.Index).Cause);
    }

    private async Task<IEnumerable<(int Index, Exception Cause)>> PublishAsync(List<PublishBatchRequestEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            var response = await sns.PublishBatchAsync(
                new PublishBatchRequest { TopicArn = topicArn, PublishBatchRequestEntries = entries }, cancellationToken).ConfigureAwait(false);
            return (response.Failed ?? []).Select(failed =>
                (IndexOf(failed.Id), (Exception)new AmazonSimpleNotificationServiceException("An entry of a batch was not published.") { ErrorCode = failed.Code }));
        }
#pragma warning disable CA1031 // If one call fails, the others continue, and the alerts of this one are reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return entries.Select(entry => (IndexOf(entry.Id), exception));
        }
    }

    private static IEnumerable<List<PublishBatchRequestEntry>> Split(IReadOnlyList<PublishBatchRequestEntry> entries)
    {
        var next = new List<PublishBatchRequestEntry>();
        var bytes = 0;
        foreach (var entry in entries)
        {
            var size = GetSize(entry);
            if (next.Count == MaxMessages || (next.Count > 0 && bytes + size > MaxBytes))
            {
                yield return next;
                (next, bytes) = ([], 0);
            }

            next.Add(entry);
            bytes += size;
        }

        if (next.Count > 0)
        {
            yield return next;
        }
    }

    private static int IndexOf(string id) => int.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int GetSize(PublishBatchRequestEntry entry) =>
        Encoding.UTF8.GetByteCount(entry.Message) + entry.Subject!.Length
        + entry.MessageAttributes!.Sum(attribute => attribute.Key.Length + attribute.Value.DataType.Length + Encoding.UTF8.GetByteCount(attribute.Value.StringValue!));

    private static PublishBatchRequestEntry ToEntry(AlertMessage message, int index)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>
        {
            ["id"] = Text(message.Id),
            ["rule"] = Text(message.Rule),
            ["severity"] = Text(message.Severity),
        };
        if (message.Key is { } key)
        {
            // SNS rejects an empty value, so a message without a key has no such attribute.
            attributes.Add("key", Text(key));
        }

        return new PublishBatchRequestEntry
        {
            Id = index.ToString(CultureInfo.InvariantCulture),
            Subject = message.Subject,
            Message = message.Message,
            MessageStructure = "json",
            MessageAttributes = attributes,
        };
    }

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };
}
