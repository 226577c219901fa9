namespace Analytics.Local.Services;

/// <summary>The AWS services that a deployment offers.</summary>
public enum AwsService
{
    /// <summary>Kinesis Data Streams.</summary>
    Kinesis,

    /// <summary>DynamoDB.</summary>
    DynamoDB,

    /// <summary>S3.</summary>
    S3,

    /// <summary>SNS.</summary>
    Sns,

    /// <summary>SQS.</summary>
    Sqs,
}
