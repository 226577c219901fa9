using System.Text.Json.Nodes;

namespace Analytics.Template.Tests.Checks;

/// <summary>All data is encrypted at rest, for all parameters, and reachable only with TLS.</summary>
internal static class EncryptionCheck
{
    private static readonly Dictionary<string, string> PolicyTypes = new()
    {
        ["AWS::S3::Bucket"] = "AWS::S3::BucketPolicy",
        ["AWS::SQS::Queue"] = "AWS::SQS::QueuePolicy",
        ["AWS::SNS::Topic"] = "AWS::SNS::TopicPolicy",
    };

    public static IEnumerable<string> Findings(StackTemplate template) =>
        template.Resources.Where(resource => !IsEncrypted(resource)).Select(resource => $"{resource.LogicalId}: not encrypted at rest")
            .Concat(template.OfType([.. PolicyTypes.Keys]).Where(resource => !IsTlsOnly(template, resource))
                .Select(resource => $"{resource.LogicalId}: can be reached without TLS"))
            .Concat(template.OfType("AWS::KMS::Key").Where(key => !Nodes.IsTrue(key.Properties["EnableKeyRotation"]))
                .Select(key => $"{key.LogicalId}: the key is not rotated"));

    private static bool IsEncrypted(CheckedResource resource) => resource.Type switch
    {
        "AWS::Kinesis::Stream" => resource.All("StreamEncryption", "KeyId").All(key => key is not null),
        "AWS::DynamoDB::Table" => resource.All("SSESpecification", "SSEEnabled").All(Nodes.IsTrue),
        "AWS::S3::Bucket" => resource.All("BucketEncryption", "ServerSideEncryptionConfiguration")
            .All(rules => rules is not null && Nodes.All(rules[0], "ServerSideEncryptionByDefault", "SSEAlgorithm").All(algorithm => algorithm is not null)),
        "AWS::SNS::Topic" => resource.All("KmsMasterKeyId").All(key => key is not null),
        "AWS::SQS::Queue" => HasKeyOrSse(resource.All("KmsMasterKeyId"), resource.All("SqsManagedSseEnabled")),
        "AWS::Logs::LogGroup" => resource.All("KmsKeyId").Any(key => key is not null),
        _ => true,
    };

    // Both depend on the same condition, so their alternatives correspond; an unconditional SSE applies to all.
    private static bool HasKeyOrSse(IReadOnlyList<JsonNode?> keys, IReadOnlyList<JsonNode?> sse) =>
        keys.Select((key, way) => key is not null || Nodes.IsTrue(sse[Math.Min(way, sse.Count - 1)])).All(encrypted => encrypted);

    private static bool IsTlsOnly(StackTemplate template, CheckedResource resource) =>
        template.OfType(PolicyTypes[resource.Type])
            .SelectMany(policy => StackTemplate.Statements(policy.Properties["PolicyDocument"]))
            .Any(statement => (string?)statement["Effect"] == "Deny"
                && (string?)statement["Condition"]?["Bool"]?["aws:SecureTransport"] == "false"
                && Nodes.Below(statement["Resource"]).Select(Nodes.Target).Contains(resource.LogicalId));
}
