using System.Text.Json.Nodes;

namespace Analytics.Template.Tests.Checks;

/// <summary>No data is lost by accident: by deleting the stack, by a replacement, or by an overwrite.</summary>
internal static class RetentionCheck
{
    private static readonly string[] HoldData = ["AWS::Kinesis::Stream", "AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::SQS::Queue"];

    public static IEnumerable<string> Findings(StackTemplate template)
    {
        foreach (var resource in template.OfType(HoldData).Append(template["DataKey"]))
        {
            // A failed first deployment must not leave a stream whose name the next one needs.
            foreach (var (policy, value) in new[] { ("DeletionPolicy", "RetainExceptOnCreate"), ("UpdateReplacePolicy", "Retain") })
            {
                if ((string?)resource.Node[policy] != value)
                {
                    yield return $"{resource.LogicalId}: {policy} is not {value}";
                }
            }
        }

        foreach (var bucket in template.OfType("AWS::S3::Bucket"))
        {
            if ((string?)bucket.Properties["VersioningConfiguration"]?["Status"] != "Enabled")
            {
                yield return $"{bucket.LogicalId}: no versioning";
            }

            var block = bucket.Properties["PublicAccessBlockConfiguration"] as JsonObject;
            if (block is not { Count: 4 } || !block.All(entry => Nodes.IsTrue(entry.Value)))
            {
                yield return $"{bucket.LogicalId}: can be made public";
            }
        }

        foreach (var table in template.OfType("AWS::DynamoDB::Table"))
        {
            if (!Nodes.IsTrue(table.Properties["PointInTimeRecoverySpecification"]?["PointInTimeRecoveryEnabled"]))
            {
                yield return $"{table.LogicalId}: cannot be restored to a point in time";
            }
        }

        foreach (var group in template.OfType("AWS::Athena::WorkGroup").Where(group => !Nodes.IsTrue(group.Properties["RecursiveDeleteOption"])))
        {
            yield return $"{group.LogicalId}: cannot be deleted once it was used (RecursiveDeleteOption)";
        }

        foreach (var logs in template.OfType("AWS::Logs::LogGroup").Where(logs => logs.Properties["RetentionInDays"] is null))
        {
            yield return $"{logs.LogicalId}: keeps logs forever (RetentionInDays)";
        }
    }
}
