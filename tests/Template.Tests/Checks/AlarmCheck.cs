using System.Text.Json.Nodes;

namespace Analytics.Template.Tests.Checks;

/// <summary>Every failure has an alarm that notifies the right topic and describes its meaning.</summary>
internal static class AlarmCheck
{
    private const string PagingAlarm = "DataAtRiskAlarm";

    /// <summary>A scheduled function that does not run publishes nothing, so missing data must trigger its alarm.</summary>
    private const string Invocations = "Invocations";

    private static readonly Dictionary<string, string> MetricsOfFunctions = new()
    {
        ["ErrorsAlarm"] = "Errors",
        ["ThrottlesAlarm"] = "Throttles",
    };

    private static readonly Dictionary<string, string> MetricsOfStreamFunctions = new()
    {
        ["IteratorAgeAlarm"] = "IteratorAge",
        ["UndeliveredFailuresAlarm"] = "DestinationDeliveryFailures",
        ["RecordAgeAlarm"] = "IteratorAge",
    };

    private static readonly Dictionary<string, string> MetricsOfTheStream = new()
    {
        ["IncomingRecordsAlarm"] = "IncomingRecords",
        ["WriteThroughputAlarm"] = "WriteProvisionedThroughputExceeded",
        ["ReadThroughputAlarm"] = "ReadProvisionedThroughputExceeded",
        ["RecordAgeAlarm"] = "GetRecords.IteratorAgeMilliseconds",
        ["StoppedAlarm"] = "IncomingRecords",
    };

    public static IEnumerable<string> Findings(StackTemplate template)
    {
        var watched = template.OfType("AWS::CloudWatch::Alarm").SelectMany(alarm => Watched(template, alarm)).ToHashSet();
        IEnumerable<(string Alarm, string Resource, string Metric)> wanted =
        [
            .. template.Functions.SelectMany(function => MetricsOfFunctions.Select(alarm => (alarm.Key, function.LogicalId, alarm.Value))),
            .. template.StreamFunctions.SelectMany(function => MetricsOfStreamFunctions.Select(alarm => (alarm.Key, function.LogicalId, alarm.Value))),
            .. template.StreamFunctions.Select(function => ("StoppedAlarm", $"{function.LogicalId}Stream", "InvokedEventCount")),
            .. template.ScheduledFunctions.Select(function => ("SchedulesStoppedAlarm", function.LogicalId, Invocations)),
            .. template.OfType("AWS::DynamoDB::Table").SelectMany(table => new[] { "ReadThrottleEvents", "WriteThrottleEvents" }
                .Select(metric => ("TablesThrottledAlarm", table.LogicalId, metric))),
            .. template.OfType("AWS::SQS::Queue").Select(queue => ("FailuresAlarm", queue.LogicalId, "ApproximateNumberOfMessagesVisible")),
            .. template.OfType("AWS::KinesisFirehose::DeliveryStream").SelectMany<CheckedResource, (string, string, string)>(delivery =>
            [
                ("DeliveryAlarm", delivery.LogicalId, "DeliveryToS3.DataFreshness"),
                ("DeliveryAlarm", delivery.LogicalId, "FailedConversion.Records"),
                ("StoppedAlarm", delivery.LogicalId, "DataReadFromKinesisStream.Records"),
            ]),
            .. MetricsOfTheStream.Select(alarm => (alarm.Key, "EventStream", alarm.Value)),
        ];
        foreach (var (alarm, resource, metric) in wanted.Where(one => !watched.Contains(one)))
        {
            yield return $"{alarm}: does not watch {resource} {metric}";
        }

        foreach (var alarm in template.OfType("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"))
        {
            foreach (var finding in Findings(alarm))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<string> Findings(CheckedResource alarm)
    {
        var topic = alarm.LogicalId == PagingAlarm ? "PagesTopic" : "AlarmsTopic";
        foreach (var actions in new[] { "AlarmActions", "OKActions" })
        {
            if (!(alarm.Properties[actions] as JsonArray ?? []).Select(Nodes.Target).SequenceEqual([topic]))
            {
                yield return $"{alarm.LogicalId}: does not notify {topic} ({actions})";
            }
        }

        var isOfASchedule = Nodes.Below(alarm.Properties).OfType<JsonObject>().Any(metric => (string?)(metric["MetricName"] as JsonValue) == Invocations);
        if (alarm.Type == "AWS::CloudWatch::Alarm" && (string?)alarm.Properties["TreatMissingData"] != (isOfASchedule ? "breaching" : "notBreaching"))
        {
            yield return $"{alarm.LogicalId}: {(isOfASchedule ? "does not trigger" : "triggers")} without data (TreatMissingData)";
        }

        // One sentence for the meaning, another for the response.
        if (((string?)alarm.Properties["AlarmDescription"] ?? "").Count(character => character is '.') < 2)
        {
            yield return $"{alarm.LogicalId}: lacks a meaning and a response (AlarmDescription)";
        }
    }

    private static IEnumerable<(string Alarm, string Resource, string Metric)> Watched(StackTemplate template, CheckedResource alarm)
    {
        IEnumerable<JsonNode> metrics = alarm.Properties["Metrics"] is JsonArray several
            ? several.Select(metric => metric!["MetricStat"]?["Metric"]).OfType<JsonNode>()
            : [alarm.Properties];
        return from metric in metrics
               from value in Nodes.All(metric["Dimensions"]![0]!["Value"])
               let resource = Nodes.Target(value) ?? FunctionNamed(template, value)
               where resource is not null
               select (alarm.LogicalId, resource, (string)metric["MetricName"]!);
    }

    // A function may be optional, so alarms name it instead of referring to it.
    private static string? FunctionNamed(StackTemplate template, JsonNode? value) => template.Functions
        .FirstOrDefault(function => (value as JsonObject)?["Fn::Sub"] is { } name && JsonNode.DeepEquals(name, function.Properties["FunctionName"]!["Fn::Sub"]))?.LogicalId;
}
