using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Analytics.Template.Tests.Checks;

/// <summary>The dashboard is JSON and shows the stream, every function, the events and the cost drivers.</summary>
internal static partial class DashboardCheck
{
    private static readonly string[] OfAFunction = ["Invocations", "Duration", "Errors", "Throttles"];
    private static readonly string[] OfAStreamFunction = [.. OfAFunction, "IteratorAge"];

    private static readonly string[] OfThePipeline =
    [
        "IncomingRecords", "GetRecords.Records", "IncomingBytes", "ApproximateNumberOfMessagesVisible", "ProcessedRecords", "ErrorCount", "TotalAmount",
        "ConsumedWriteCapacityUnits", "WindowValue", "ExpectedLow", "ExpectedHigh",
    ];

    /// <summary>The rules whose metrics the dashboard shows by name.</summary>
    public static IEnumerable<string> Rules(StackTemplate template) =>
        Widgets(template["Dashboard"].Properties["DashboardBody"]!["Fn::Sub"]!.AsArray())
            .SelectMany(widget => Metrics(widget!["properties"]!["metrics"]!.AsArray()))
            .Select(line => line.Split(' ')).Where(parts => parts.Contains("Rule"))
            .Select(parts => parts[Array.IndexOf(parts, "Rule") + 1]).Distinct();

    public static IEnumerable<string> Findings(StackTemplate template)
    {
        var body = template["Dashboard"].Properties["DashboardBody"]!["Fn::Sub"]!.AsArray();
        var names = body[1]!.AsObject().ToDictionary(entry => entry.Key, entry => entry.Value);
        var shown = Widgets(body).SelectMany(widget => Metrics(widget!["properties"]!["metrics"]!.AsArray())).ToList();
        foreach (var metric in OfThePipeline.Where(metric => !shown.Any(line => line.Contains($" {metric} ", StringComparison.Ordinal))))
        {
            yield return $"Dashboard: does not show {metric}";
        }

        foreach (var function in template.Functions)
        {
            const string Names = "FunctionName=(";
            var searches = shown.Where(line => line.Contains(Names, StringComparison.Ordinal)
                && line[line.IndexOf(Names, StringComparison.Ordinal)..].Contains($"\"<AWS::StackName>-{function.LogicalId}\"", StringComparison.Ordinal)).ToList();
            var wanted = template.StreamFunctions.Any(reader => reader.LogicalId == function.LogicalId) ? OfAStreamFunction : OfAFunction;
            foreach (var metric in wanted.Where(metric => !searches.Any(line => line.Contains($"MetricName=\"{metric}\"", StringComparison.Ordinal))))
            {
                yield return $"Dashboard: does not show {metric} of {function.LogicalId}";
            }

            var mapping = $"{function.LogicalId}Stream";
            var variable = names.FirstOrDefault(entry => Nodes.Below(entry.Value).Select(Nodes.Target).Contains(mapping)).Key ?? mapping;
            if (wanted == OfAStreamFunction && !shown.Any(line => line.Contains(" InvokedEventCount ", StringComparison.Ordinal) && line.Contains($"<{variable}>", StringComparison.Ordinal)))
            {
                yield return $"Dashboard: does not show InvokedEventCount of {function.LogicalId}";
            }
        }

        foreach (var unknown in names.Values.SelectMany(Nodes.Below).Select(Nodes.Target).OfType<string>().Where(id => !IsResource(template, id)))
        {
            yield return $"Dashboard: refers to {unknown}, which the template does not create";
        }
    }

    private static JsonArray Widgets(JsonArray body)
    {
        var texts = body[1]!.AsObject().Where(entry => entry.Value is JsonObject { Count: 1 } map && map["Fn::Sub"] is JsonValue)
            .Aggregate((string)body[0]!, (text, entry) => text.Replace($"${{{entry.Key}}}", (string)entry.Value!["Fn::Sub"]!, StringComparison.Ordinal));
        return JsonNode.Parse(Placeholder().Replace(texts, match => $"<{match.Groups[1].Value}>"))!["widgets"]!.AsArray();
    }

    // In a list of metrics "." repeats the element of the previous metric, and "..." all preceding elements.
    private static IEnumerable<string> Metrics(JsonArray metrics)
    {
        List<string> previous = [];
        foreach (var metric in metrics.Select(metric => metric!.AsArray().Select(part => part is JsonObject search ? (string?)search["expression"] ?? "" : (string)part!).ToList()))
        {
            var rest = metric.Where(part => part.Length > 0).ToList();
            previous = rest[0] == "..." ? [.. previous[..^(rest.Count - 1)], .. rest[1..]] : [.. rest.Select((part, index) => part == "." ? previous[index] : part)];
            yield return $" {string.Join(' ', previous)} ";
        }
    }

    // SAM names a function's mapping by the function and the event.
    private static bool IsResource(StackTemplate template, string id) => template.Resources.Any(resource =>
        resource.LogicalId == id || (resource.Properties["Events"] as JsonObject ?? []).Any(source => resource.LogicalId + source.Key == id));

    [GeneratedRegex(@"\$\{([A-Za-z0-9:.]+)\}")]
    private static partial Regex Placeholder();
}
