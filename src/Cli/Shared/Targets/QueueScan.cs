using System.Runtime.CompilerServices;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Reads the messages of a queue without deleting them; they are hidden from other receivers for the queue's visibility timeout.</summary>
internal static class QueueScan
{
    private const int MaxMessages = 10;

    /// <summary>Reads message bodies until the queue returns no more.</summary>
    public static async IAsyncEnumerable<string> ReadAsync(
        IAmazonSQS client, string queueUrl, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await client.ReceiveMessageAsync(
                new ReceiveMessageRequest { QueueUrl = queueUrl, MaxNumberOfMessages = MaxMessages, WaitTimeSeconds = 0 }, cancellationToken);
            if (page.Messages is not { Count: > 0 })
            {
                yield break;
            }

            foreach (var message in page.Messages)
            {
                yield return message.Body;
            }
        }
    }
}
