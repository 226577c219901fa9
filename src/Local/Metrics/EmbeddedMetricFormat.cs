using System.Text.Json;

namespace Analytics.Local.Metrics;

/// <summary>
/// Extracts metrics from log lines in the embedded metric format
/// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
/// As in CloudWatch, a line that does not conform is an ordinary log line.
/// </summary>
public static class EmbeddedMetricFormat
{
    private const int MaxMetrics = 100;
    private const int MaxDimensions = 30;
    private const int MaxValues = 100;
    private const int MaxNameLength = 1_024;
    private static readonly HashSet<string> Units = new(StringComparer.Ordinal)
    {
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits",
        "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second",
        "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    };

    /// <summary>Returns the metrics in a line; none if it does not have the format.</summary>
    /// <param name="line">A line of a function's log.</param>
    public static IReadOnlyList<MetricDatum> Read(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (!line.Contains("\"_aws\"", StringComparison.Ordinal))
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(line);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            return [];
        }
    }

    private static List<MetricDatum> Read(JsonElement root)
    {
        var metadata = root.GetProperty("_aws");
        var time = DateTimeOffset.FromUnixTimeMilliseconds(metadata.GetProperty("Timestamp").GetInt64());
        var data = new List<MetricDatum>();
        foreach (var directive in metadata.GetProperty("CloudWatchMetrics").EnumerateArray())
        {
            var @namespace = Name(directive.GetProperty("Namespace"));
            var metrics = directive.TryGetProperty("Metrics", out var definitions) ? definitions.EnumerateArray().ToList() : [];
            Require(metrics.Count <= MaxMetrics);
            foreach (var set in directive.GetProperty("Dimensions").EnumerateArray())
            {
                var dimensions = set.EnumerateArray()
                    .Select(name => KeyValuePair.Create(Name(name), Name(root.GetProperty(name.GetString()!))))
                    .OrderBy(one => one.Key, StringComparer.Ordinal)
                    .ToList();
                Require(dimensions.Count <= MaxDimensions);
                foreach (var metric in metrics)
                {
                    var name = Name(metric.GetProperty("Name"));
                    var unit = metric.TryGetProperty("Unit", out var given) ? given.GetString()! : "None";
                    Require(Units.Contains(unit));
                    data.AddRange(Values(root.GetProperty(name)).Select(value => new MetricDatum(@namespace, name, dimensions, unit, time, value)));
                }
            }
        }

        return data;
    }

    private static IEnumerable<double> Values(JsonElement target)
    {
        if (target.ValueKind != JsonValueKind.Array)
        {
            return [target.GetDouble()];
        }

        Require(target.GetArrayLength() <= MaxValues);
        return [.. target.EnumerateArray().Select(value => value.GetDouble())];
    }

    private static string Name(JsonElement element)
    {
        var text = element.GetString();
        Require(text is { Length: > 0 and <= MaxNameLength });
        return text!;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new FormatException("The line does not have the embedded metric format.");
        }
    }
}
