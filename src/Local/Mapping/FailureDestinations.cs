using Amazon.S3;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace Analytics.Local.Mapping;

/// <summary>Creates on-failure destinations from ARNs.</summary>
/// <param name="sqs">The client for queues.</param>
/// <param name="sns">The client for topics.</param>
/// <param name="s3">The client for buckets.</param>
/// <param name="clock">The clock for keys of objects.</param>
public sealed class FailureDestinations(IAmazonSQS sqs, IAmazonSimpleNotificationService sns, IAmazonS3 s3, TimeProvider clock)
{
    /// <summary>Creates the destination of a mapping, or returns null if it has none.</summary>
    /// <exception cref="EventSourceMappingException">The ARN is not that of a queue, topic or bucket.</exception>
    public IFailureDestination? For(EventSourceMappingConfiguration configuration)
    {
        if (configuration.OnFailureDestinationArn is not { } arn)
        {
            return null;
        }

        var parts = arn.Split(':', 6);
        return parts is { Length: 6 } ? parts[2] switch
        {
            "sqs" => new SqsFailureDestination(sqs, arn, queueName: parts[5], account: parts[4]),
            "sns" => new SnsFailureDestination(sns, arn),
            "s3" => new S3FailureDestination(s3, bucket: parts[5], configuration.Uuid, clock, Guid.NewGuid),
            _ => throw Unknown(arn),
        } : throw Unknown(arn);
    }

    private static EventSourceMappingException Unknown(string arn) =>
        new($"The on-failure destination '{arn}' must be the ARN of an SQS queue, an SNS topic or an S3 bucket.");
}
