using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Analytics.Cli.Failures;

/// <summary>The failures queue. Received messages stay hidden from other receivers until they are released or deleted, or <see cref="HiddenFor"/> has elapsed.</summary>
internal sealed class FailureQueue(IAmazonSQS client, string queueUrl)
{
    private const int MaxMessages = 10;

    /// <summary>Visibility timeout of received messages.</summary>
    public static readonly TimeSpan HiddenFor = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Counts the messages hidden by another receiver: a command that is still running, or one that was killed. Call it before receiving.
    /// </summary>
    public async Task<HiddenMessages> CountHiddenAsync(CancellationToken cancellationToken)
    {
        const string count = "ApproximateNumberOfMessagesNotVisible";
        const string timeout = "VisibilityTimeout";
        var response = await client.GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = queueUrl, AttributeNames = [count, timeout] }, cancellationToken);
        return new HiddenMessages(Read(count), TimeSpan.FromSeconds(Math.Max(HiddenFor.TotalSeconds, Read(timeout))));

        int Read(string name) =>
            response.Attributes?.GetValueOrDefault(name) is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }

    /// <summary>Receives all visible messages.</summary>
    /// <returns>The failure records in processing order, and the other messages.</returns>
    public async Task<(IReadOnlyList<FailureMessage> Failures, IReadOnlyList<Message> Others)> ReceiveAsync(CancellationToken cancellationToken)
    {
        var received = new Dictionary<string, Message>(StringComparer.Ordinal);
        while (true)
        {
            // A long poll queries all servers of the queue, so an empty response means that the queue is empty.
            var page = await client.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = queueUrl,
                    MaxNumberOfMessages = MaxMessages,
                    WaitTimeSeconds = 1,
                    VisibilityTimeout = (int)HiddenFor.TotalSeconds,
                },
                cancellationToken);
            if (page.Messages is not { Count: > 0 })
            {
                break;
            }

            foreach (var message in page.Messages)
            {
                received[message.MessageId] = message;
            }
        }

        var failures = received.Values.Select(FailureMessage.Parse).OfType<FailureMessage>()
            .OrderBy(failure => failure.FunctionName, StringComparer.Ordinal)
            .ThenBy(failure => failure.ShardId, StringComparer.Ordinal)
            .ThenBy(failure => failure.Range?.First)
            .ToList();
        var known = failures.Select(failure => failure.MessageId).ToHashSet(StringComparer.Ordinal);
        return (failures, [.. received.Values.Where(message => !known.Contains(message.MessageId))]);
    }

    /// <summary>Makes messages visible again.</summary>
    public async Task ReleaseAsync(IEnumerable<string> receiptHandles)
    {
        foreach (var receiptHandle in receiptHandles)
        {
            await HideAsync(receiptHandle, TimeSpan.Zero, CancellationToken.None);
        }
    }

    /// <summary>Extends the visibility timeout of messages to <see cref="HiddenFor"/> from now.</summary>
    public async Task KeepAsync(IEnumerable<string> receiptHandles, CancellationToken cancellationToken)
    {
        foreach (var receiptHandle in receiptHandles)
        {
            await HideAsync(receiptHandle, HiddenFor, cancellationToken);
        }
    }

    /// <summary>Deletes a message.</summary>
    public Task DeleteAsync(FailureMessage failure, CancellationToken cancellationToken) =>
        client.DeleteMessageAsync(new DeleteMessageRequest { QueueUrl = queueUrl, ReceiptHandle = failure.ReceiptHandle }, cancellationToken);

    private Task HideAsync(string receiptHandle, TimeSpan time, CancellationToken cancellationToken) => client.ChangeMessageVisibilityAsync(
        new ChangeMessageVisibilityRequest { QueueUrl = queueUrl, ReceiptHandle = receiptHandle, VisibilityTimeout = (int)time.TotalSeconds },
        cancellationToken);
}
