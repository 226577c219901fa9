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
            string? token = null;
            do
            {
                var response = await sns.ListTopicsAsync(new ListTopicsRequest { NextToken = token }, cancellationToken);
                if (response.Topics?.Exists(topic => topic.TopicArn == topicArn) == true)
                {
                    return;
                }

                token = response.NextToken;
            }
            while (!string.IsNullOrEmpty(token));
        }
        catch (AmazonServiceException e)
        {
            throw new EventSourceMappingException($"The on-failure destination {topicArn} cannot be used: {e.Message}", e);
        }

        throw new EventSourceMappingException($"The on-failure destination {topicArn} cannot be used: there is no such topic.");
    }

    public Task SendAsync(FailureRecord failure, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        sns.PublishAsync(new PublishRequest { TopicArn = topicArn, Message = Encoding.UTF8.GetString(failure.ToJson()) }, cancellationToken);
}
