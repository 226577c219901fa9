namespace Analytics.Local.Template.Model;

/// <summary>The resource types that are created here; all others are accepted and skipped.</summary>
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

    private static readonly HashSet<string> MadeHere =
        new(StringComparer.Ordinal) { Bucket, EventSourceMapping, Function, PlainFunction, Queue, Rule, Stream, StreamConsumer, Subscription, Table, Topic };

    private static readonly HashSet<string> ServicesHere = new(MadeHere.Select(Service), StringComparer.Ordinal);

    /// <summary>Returns whether resources of a type are created here.</summary>
    public static bool IsMadeHere(string type) => MadeHere.Contains(type);

    /// <summary>Returns whether resources of any type of the same service are created here.</summary>
    public static bool IsServiceHere(string type) => ServicesHere.Contains(Service(type));

    /// <summary>Returns the service in <c>AWS::service::resource</c>.</summary>
    public static string Service(string type) => type.Split("::") is [_, var service, ..] ? service : type;
}
