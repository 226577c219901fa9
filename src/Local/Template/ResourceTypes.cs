namespace Analytics.Local.Template;

/// <summary>The resource types whose properties count here; all others are accepted and left out.</summary>
internal static class ResourceTypes
{
    public const string Bucket = "AWS::S3::Bucket";
    public const string EventSourceMapping = "AWS::Lambda::EventSourceMapping";
    public const string Function = "AWS::Serverless::Function";
    public const string PlainFunction = "AWS::Lambda::Function";
    public const string Queue = "AWS::SQS::Queue";
    public const string Rule = "AWS::Events::Rule";
    public const string Stream = "AWS::Kinesis::Stream";
    public const string StreamConsumer = "AWS::Kinesis::StreamConsumer";
    public const string Subscription = "AWS::SNS::Subscription";
    public const string Table = "AWS::DynamoDB::Table";
    public const string Topic = "AWS::SNS::Topic";

    /// <summary>Whether the type's properties count here: something is made of it, or others are told of them by its ARN.</summary>
    public static bool IsRead(string type) => type is StreamConsumer
        or Bucket or EventSourceMapping or Function or PlainFunction or Queue or Rule or Stream or Subscription or Table or Topic;
}
