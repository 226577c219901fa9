using System.Globalization;
using Analytics.Local.Template.Model;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template;

/// <summary>Creates physical IDs and attributes in AWS's format, for an explicit name or <c>stack-LogicalId</c>.</summary>
internal sealed class PhysicalResources(PseudoParameters pseudo)
{
    private static readonly Dictionary<string, string> NameProperties = new(StringComparer.Ordinal)
    {
        [ResourceTypes.Bucket] = "BucketName",
        [ResourceTypes.Function] = "FunctionName",
        [ResourceTypes.PlainFunction] = "FunctionName",
        [ResourceTypes.Queue] = "QueueName",
        [ResourceTypes.Rule] = "Name",
        [ResourceTypes.Stream] = "Name",
        [ResourceTypes.Table] = "TableName",
        [ResourceTypes.Topic] = "TopicName",
        ["AWS::CloudWatch::Alarm"] = "AlarmName",
        ["AWS::CloudWatch::CompositeAlarm"] = "AlarmName",
        ["AWS::CloudWatch::Dashboard"] = "DashboardName",
        ["AWS::Glue::Table"] = "Name",
        ["AWS::IAM::ManagedPolicy"] = "ManagedPolicyName",
        ["AWS::IAM::Role"] = "RoleName",
        ["AWS::IAM::User"] = "UserName",
        ["AWS::KMS::Alias"] = "AliasName",
        ["AWS::KinesisFirehose::DeliveryStream"] = "DeliveryStreamName",
        ["AWS::Logs::LogGroup"] = "LogGroupName",
        ["AWS::StepFunctions::StateMachine"] = "StateMachineName",
    };

    /// <summary>Returns whether a property sets the name of a resource of the type.</summary>
    public static bool IsName(string type, string property) => NameProperties.GetValueOrDefault(type) == property;

    /// <summary>Returns the name in the template, or else <c>stack-LogicalId</c>, in lower case for a bucket.</summary>
    public string Name(string logicalId, string type, MapNode? properties)
    {
        if (NameProperties.TryGetValue(type, out var property) && properties?.Find(property) is { } given)
        {
            return given.AsText();
        }

        var name = $"{pseudo.StackName}-{logicalId}";
        var isFifo = type is ResourceTypes.Queue or ResourceTypes.Topic
            && properties?.Find(type == ResourceTypes.Queue ? "FifoQueue" : "FifoTopic")?.AsBoolean() == true;
        return type == ResourceTypes.Bucket ? name.ToLowerInvariant() : isFifo ? $"{name}.fifo" : name;
    }

    /// <summary>Creates the resource with its values of <c>Ref</c> and <c>Fn::GetAtt</c>.</summary>
    /// <param name="logicalId">The logical ID in the template.</param>
    /// <param name="type">Its type.</param>
    /// <param name="name">Its name.</param>
    /// <param name="address">The service's identifier if it differs from the name: a topic's ARN, a queue's URL.</param>
    public StackResource Describe(string logicalId, string type, string name, string? address = null)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        var physicalId = name;
        switch (type)
        {
            case ResourceTypes.Stream:
                attributes["Arn"] = Arn("kinesis", $"stream/{name}");
                break;
            case ResourceTypes.StreamConsumer:
                attributes["ConsumerARN"] = physicalId = address ?? name;
                attributes["ConsumerName"] = name;
                break;
            case ResourceTypes.Table:
                attributes["Arn"] = Arn("dynamodb", $"table/{name}");
                attributes["StreamArn"] = $"{attributes["Arn"]}/stream/1970-01-01T00:00:00.000";
                break;
            case ResourceTypes.Bucket:
                attributes["Arn"] = $"arn:aws:s3:::{name}";
                attributes["DomainName"] = $"{name}.s3.amazonaws.com";
                attributes["DualStackDomainName"] = $"{name}.s3.dualstack.{pseudo.Region}.amazonaws.com";
                attributes["RegionalDomainName"] = $"{name}.s3.{pseudo.Region}.amazonaws.com";
                attributes["WebsiteURL"] = $"http://{name}.s3-website-{pseudo.Region}.amazonaws.com";
                break;
            case ResourceTypes.Topic:
                physicalId = address ?? Arn("sns", name);
                attributes["TopicArn"] = physicalId;
                attributes["TopicName"] = name;
                break;
            case ResourceTypes.Queue:
                physicalId = address ?? $"https://sqs.{pseudo.Region}.amazonaws.com/{pseudo.AccountId}/{name}";
                attributes["Arn"] = Arn("sqs", name);
                attributes["QueueName"] = name;
                attributes["QueueUrl"] = physicalId;
                break;
            case ResourceTypes.Function or ResourceTypes.PlainFunction:
                attributes["Arn"] = Arn("lambda", $"function:{name}");
                break;
            case ResourceTypes.Rule:
                attributes["Arn"] = Arn("events", $"rule/{name}");
                break;
            case ResourceTypes.EventSourceMapping:
                attributes["Id"] = physicalId = address ?? name;
                break;
            case "AWS::IAM::Role":
                attributes["Arn"] = $"arn:aws:iam::{pseudo.AccountId}:role/{name}";
                attributes["RoleId"] = name;
                break;
            case "AWS::IAM::ManagedPolicy":
                physicalId = $"arn:aws:iam::{pseudo.AccountId}:policy/{name}";
                attributes["PolicyArn"] = physicalId;
                break;
            case "AWS::Logs::LogGroup":
                attributes["Arn"] = Arn("logs", $"log-group:{name}:*");
                break;
            case "AWS::KMS::Key":
                attributes["Arn"] = Arn("kms", $"key/{name}");
                attributes["KeyId"] = name;
                break;
            case "AWS::CloudWatch::Alarm" or "AWS::CloudWatch::CompositeAlarm":
                attributes["Arn"] = Arn("cloudwatch", $"alarm:{name}");
                break;
            case "AWS::KinesisFirehose::DeliveryStream":
                attributes["Arn"] = Arn("firehose", $"deliverystream/{name}");
                break;
            default:
                attributes["Arn"] = Arn(Service(type), name);
                attributes["Id"] = name;
                break;
        }

        return new StackResource(logicalId, type, physicalId, attributes);
    }

    /// <summary>Returns the service part of a type: <c>athena</c> of <c>AWS::Athena::WorkGroup</c>.</summary>
    private static string Service(string type) =>
        type.Split("::") is [_, var service, ..] ? service.ToLower(CultureInfo.InvariantCulture) : "cloudformation";

    private string Arn(string service, string resource) => $"arn:aws:{service}:{pseudo.Region}:{pseudo.AccountId}:{resource}";
}
