using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Analytics.Template.Tests.Checks;

/// <summary>The dashboard is JSON and shows what it is for.</summary>
internal static partial class DashboardCheck
{
    private static readonly string[] OfAFunction = ["Invocations", "Duration", "Errors", "Throttles"];
    private static readonly string[] OfAStreamFunction = [.. OfAFunction, "IteratorAge", "InvokedEventCount"];

    private static readonly string[] OfThePipeline =
    [
        "IncomingRecords", "GetRecords.Records", "IncomingBytes", "ApproximateNumberOfMessagesVisible", "ProcessedRecords", "ErrorCount", "TotalAmount",
        "ConsumedWriteCapacityUnits",
    ];

    public static IEnumerable<string> Findings(StackTemplate template)
    {
        var body = template["Dashboard"].Properties["DashboardBody"]!["Fn::Sub"]!;
        var names = ((body as JsonArray)?[1] as JsonObject)?.ToDictionary(entry => entry.Key, entry => entry.Value) ?? [];
        var text = (string)(body is JsonArray list ? list[0] : body)!;
        var shown = JsonNode.Parse(Placeholder().Replace(text, match => $"<{match.Groups[1].Value}>"))!["widgets"]!.AsArray()
            .SelectMany(widget => widget!["properties"]!["metrics"]!.AsArray())
            .Select(metric => string.Join(' ', metric!.AsArray().Select(part => part!.ToString())))
            .ToList();
        foreach (var metric in OfThePipeline.Where(metric => !shown.Any(line => line.Contains($" {metric} ", StringComparison.Ordinal))))
        {
            yield return $"Dashboard: does not show {metric}";
        }

        foreach (var function in template.Functions)
        {
            var wanted = template.StreamFunctions.Any(reader => reader.LogicalId == function.LogicalId) ? OfAStreamFunction : OfAFunction;
            foreach (var metric in wanted.Where(metric => !shown.Any(line => line.Contains($" {metric} ", StringComparison.Ordinal) && Mentions(line, function.LogicalId))))
            {
                yield return $"Dashboard: does not show {metric} of {function.LogicalId}";
            }
        }

        foreach (var unknown in names.Values.SelectMany(Nodes.Below).Select(Nodes.Target).OfType<string>()
            .Where(id => !IsResource(template, id)))
        {
            yield return $"Dashboard: refers to {unknown}, which the template does not make";
        }
    }

    private static bool Mentions(string line, string function) =>
        line.Contains($"<AWS::StackName>-{function} ", StringComparison.Ordinal)
        || line.Contains($"<{function}Stream>", StringComparison.Ordinal)
        || line.Contains($"<{function}Mapping>", StringComparison.Ordinal);

    // SAM names a function's mapping by the function and the event.
    private static bool IsResource(StackTemplate template, string id) => template.Resources.Any(resource =>
        resource.LogicalId == id || (resource.Properties["Events"] as JsonObject ?? []).Any(source => resource.LogicalId + source.Key == id));

    [GeneratedRegex(@"\$\{([A-Za-z0-9:.]+)\}")]
    private static partial Regex Placeholder();
}
