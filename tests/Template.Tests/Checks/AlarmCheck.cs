using System.Text.Json.Nodes;

namespace Analytics.Template.Tests.Checks;

/// <summary>What has to go off does, tells somebody, and says what it means.</summary>
internal static class AlarmCheck
{
    private static readonly string[] OfAFunction = ["Errors", "Throttles"];
    private static readonly string[] OfAStreamFunction = ["IteratorAge", "DestinationDeliveryFailures"];

    /// <summary>A scheduled function that does not run publishes nothing, so that no data has to set its alarm off.</summary>
    private const string OfAScheduledFunction = "Invocations";

    private static readonly string[] OfATable = ["ReadThrottleEvents", "WriteThrottleEvents"];

    private static readonly string[] OfTheStream =
    [
        "IncomingRecords", "WriteProvisionedThroughputExceeded", "ReadProvisionedThroughputExceeded", "GetRecords.IteratorAgeMilliseconds",
    ];

    public static IEnumerable<string> Findings(StackTemplate template)
    {
        var watched = template.OfType("AWS::CloudWatch::Alarm").SelectMany(Watched).ToHashSet();
        IEnumerable<(string Resource, string Namespace, string Metric)> wanted =
        [
            .. template.Functions.SelectMany(function => OfAFunction.Select(metric => (function.LogicalId, "AWS/Lambda", metric))),
            .. template.StreamFunctions.SelectMany(function => OfAStreamFunction.Select(metric => (function.LogicalId, "AWS/Lambda", metric))),
            .. template.ScheduledFunctions.Select(function => (function.LogicalId, "AWS/Lambda", OfAScheduledFunction)),
            .. template.OfType("AWS::DynamoDB::Table").SelectMany(table => OfATable.Select(metric => (table.LogicalId, "AWS/DynamoDB", metric))),
            .. template.OfType("AWS::SQS::Queue").Select(queue => (queue.LogicalId, "AWS/SQS", "ApproximateNumberOfMessagesVisible")),
            .. OfTheStream.Select(metric => ("EventStream", "AWS/Kinesis", metric)),
        ];
        foreach (var (resource, space, metric) in wanted.Where(alarm => !watched.Contains(alarm)))
        {
            yield return $"{resource}: no alarm on {space} {metric}";
        }

        foreach (var alarm in template.OfType("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"))
        {
            foreach (var finding in Findings(template, alarm))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<string> Findings(StackTemplate template, StackResource alarm)
    {
        var tells = (alarm.Properties["AlarmActions"] as JsonArray ?? []).Select(Nodes.Target);
        if (!tells.Any(target => target is not null && template[target].Type == "AWS::SNS::Topic"))
        {
            yield return $"{alarm.LogicalId}: tells nobody (AlarmActions)";
        }

        var isOfASchedule = (string?)alarm.Properties["MetricName"] == OfAScheduledFunction;
        if (alarm.Type == "AWS::CloudWatch::Alarm" && (string?)alarm.Properties["TreatMissingData"] != (isOfASchedule ? "breaching" : "notBreaching"))
        {
            yield return $"{alarm.LogicalId}: {(isOfASchedule ? "does not go off" : "goes off")} without data (TreatMissingData)";
        }

        // What it means is a sentence, what to do another.
        if (((string?)alarm.Properties["AlarmDescription"] ?? "").Count(character => character is '.') < 2)
        {
            yield return $"{alarm.LogicalId}: does not say what it means and what to do (AlarmDescription)";
        }
    }

    private static IEnumerable<(string Resource, string Namespace, string Metric)> Watched(StackResource alarm)
    {
        IEnumerable<JsonNode> metrics = alarm.Properties["Metrics"] is JsonArray several
            ? several.Select(metric => metric!["MetricStat"]?["Metric"]).OfType<JsonNode>()
            : [alarm.Properties];
        return from metric in metrics
               let resource = (metric["Dimensions"] as JsonArray ?? []).Select(dimension => Nodes.Target(dimension!["Value"])).FirstOrDefault()
               where resource is not null
               select (resource, (string)metric["Namespace"]!, (string)metric["MetricName"]!);
    }
}
