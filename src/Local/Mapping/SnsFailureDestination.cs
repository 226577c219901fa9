using System.Text;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace Analytics.Local.Mapping;

/// <summary>Publishes failure records to a topic.</summary>
internal sealed class SnsFailureDestination(IAmazonSimpleNotificationService sns, string topicArn) : IFailureDestination
{
    public bool TakesPayload => false;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sns.ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest { TopicArn = topicArn }, cancellationToken);
        }
        catch (AmazonServiceException e)
        {
            throw new EventSourceMappingException($"The on-failure destination {topicArn} cannot be used: {e.Message}", e);
        }
    }

    public Task SendAsync(FailureRecord failure, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        sns.PublishAsync(new PublishRequest { TopicArn = topicArn, Message = Encoding.UTF8.GetString(failure.ToJson()) }, cancellationToken);
}
