using System.Text.Json.Nodes;

namespace Analytics.Template.Tests.Checks;

/// <summary>Every function without a schedule reads the stream with settings that neither lose records nor block a shard.</summary>
internal static class MappingCheck
{
    public static IEnumerable<string> Findings(StackTemplate template)
    {
        foreach (var function in template.StreamFunctions)
        {
            var mappings = (function.Properties["Events"] as JsonObject ?? [])
                .Where(source => (string?)source.Value!["Type"] == "Kinesis")
                .Select(source => source.Value!["Properties"]!.AsObject())
                .ToList();
            if (mappings.Count == 0)
            {
                yield return $"{function.LogicalId}: no event source mapping";
            }

            foreach (var finding in mappings.SelectMany(mapping => Findings(template, function.LogicalId, mapping)))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<string> Findings(StackTemplate template, string function, JsonObject mapping)
    {
        if (!Nodes.Texts(mapping["FunctionResponseTypes"]).Contains("ReportBatchItemFailures"))
        {
            yield return $"{function}: no partial batch responses (FunctionResponseTypes)";
        }

        if (!Nodes.IsTrue(mapping["BisectBatchOnFunctionError"]))
        {
            yield return $"{function}: no bisection (BisectBatchOnFunctionError)";
        }

        if (mapping["MaximumRetryAttempts"] is null)
        {
            yield return $"{function}: retries without end block a shard (MaximumRetryAttempts)";
        }

        if (Nodes.Target(mapping["DestinationConfig"]?["OnFailure"]?["Destination"]) is not { } queue || template[queue].Type != "AWS::SQS::Queue")
        {
            yield return $"{function}: no on-failure destination (DestinationConfig)";
        }

        if (!Nodes.Texts(mapping["MetricsConfig"]?["Metrics"]).Contains("EventCount"))
        {
            yield return $"{function}: the mapping counts no events (MetricsConfig)";
        }
    }
}
