using System.Text;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Analytics.Local.Mapping;

/// <summary>Sends failure records to a queue.</summary>
internal sealed class SqsFailureDestination(IAmazonSQS sqs, string queueArn, string queueName, string account) : IFailureDestination
{
    private string? _queueUrl;

    public bool TakesPayload => false;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetQueueUrlRequest { QueueName = queueName, QueueOwnerAWSAccountId = account };
            _queueUrl = (await sqs.GetQueueUrlAsync(request, cancellationToken)).QueueUrl;
        }
        catch (AmazonServiceException e)
        {
            throw new EventSourceMappingException($"The on-failure destination {queueArn} cannot be used: {e.Message}", e);
        }
    }

    public async Task SendAsync(FailureRecord failure, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (_queueUrl is null)
        {
            await CheckAsync(cancellationToken);
        }

        await sqs.SendMessageAsync(
            new SendMessageRequest { QueueUrl = _queueUrl!, MessageBody = Encoding.UTF8.GetString(failure.ToJson()) }, cancellationToken);
    }
}
