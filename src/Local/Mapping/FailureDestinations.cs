using Amazon.S3;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace Analytics.Local.Mapping;

/// <summary>Finds the way to an on-failure destination by its ARN.</summary>
/// <param name="sqs">For queues.</param>
/// <param name="sns">For topics.</param>
/// <param name="s3">For buckets.</param>
/// <param name="clock">Dates the objects of buckets.</param>
public sealed class FailureDestinations(IAmazonSQS sqs, IAmazonSimpleNotificationService sns, IAmazonS3 s3, TimeProvider clock)
{
    /// <summary>The destination of a mapping; null when it has none.</summary>
    /// <exception cref="EventSourceMappingException">The ARN names no queue, topic or bucket.</exception>
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
