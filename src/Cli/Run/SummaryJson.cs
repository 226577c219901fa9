using System.Text.Json;
using Analytics.Cli.Shared.Output;
using Analytics.Counting;
using Analytics.Local.Faults;

namespace Analytics.Cli.Run;

/// <summary>Writes a summary as JSON.</summary>
internal static class SummaryJson
{
    /// <summary>Returns the content of <c>summary.json</c> with a final line feed.</summary>
    public static string Write(RunSummary summary) => JsonText.Write(JsonText.Indented, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("sent", summary.Sent);
        json.WriteNumber("archived", summary.Archived);
        json.WriteNumber("quarantined", summary.Quarantined);
        json.WriteNumber("bytes", summary.Bytes);
        WriteOptional(json, "results", summary.Results);
        WriteOptional(json, "replicated", summary.Replicated);
        json.WriteNumber("alerts", summary.Alerts);
        json.WriteNumber("failures", summary.Failures);
        json.WriteNumber("lost", summary.Lost);
        json.WriteNumber("dropped", summary.Dropped);
        json.WriteNumber("refusedFailures", summary.RefusedFailures);
        json.WriteNumber("tooLarge", summary.TooLarge);
        json.WriteNumber("seconds", Math.Round(summary.Seconds, 3));
        json.WriteStartObject("counters");
        json.WriteNumber("values", summary.CounterValues);
        json.WriteNumber("differences", summary.CounterDifferences);
        json.WriteEndObject();
        json.WriteStartObject("audit");
        json.WriteNumber("values", summary.AuditedValues);
        json.WriteNumber("differences", summary.AuditDifferences);
        json.WriteEndObject();
        WriteUnused(json, summary.Unused);
        json.WriteStartObject("duplicates");
        json.WriteNumber("putAgain", summary.Duplicates.PutAgain);
        json.WriteNumber("archivedAgain", summary.Duplicates.ArchivedAgain);
        json.WriteNumber("sameEvent", summary.Duplicates.SameEvent);
        json.WriteEndObject();
        json.WriteNumber("metrics", summary.Metrics);
        WriteFunctions(json, summary.Functions);
        if (summary.Faults.Count > 0)
        {
            WriteFaults(json, summary.Faults);
        }

        json.WriteStartArray("differences");
        foreach (var difference in summary.Differences)
        {
            json.WriteStringValue(difference);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }) + "\n";

    private static void WriteOptional(Utf8JsonWriter json, string name, long? count)
    {
        if (count is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteUnused(Utf8JsonWriter json, IReadOnlyList<UnusedValues> unused)
    {
        json.WriteStartObject("unused");
        foreach (var counter in unused.GroupBy(values => values.Counter))
        {
            json.WriteStartObject(counter.Key);
            foreach (var values in counter)
            {
                json.WriteNumber(values.Reason.GetName(), values.Count);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFaults(Utf8JsonWriter json, IReadOnlyList<FaultCount> faults)
    {
        json.WriteStartObject("faults");
        foreach (var fault in faults)
        {
            json.WriteStartObject(FaultSpec.GetName(fault.Kind));
            json.WriteNumber("planned", fault.Planned);
            json.WriteNumber("injected", fault.Injected);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFunctions(Utf8JsonWriter json, IReadOnlyList<FunctionSummary> functions)
    {
        json.WriteStartObject("functions");
        foreach (var function in functions)
        {
            json.WriteStartObject(function.Name);
            json.WriteNumber("invocations", function.Invocations);
            json.WriteNumber("errors", function.Errors);
            json.WriteNumber("records", function.Records);
            json.WriteNumber("milliseconds", Math.Round(function.Duration.TotalMilliseconds, 1));
            json.WriteNumber("logBytes", function.LogBytes);
            WriteByOperation(json, "awsCalls", function.AwsCalls, json.WriteNumber);
            WriteByOperation(json, "awsKilobytes", function.SentKilobytes, json.WriteNumber);
            WriteByOperation(json, "awsCapacityUnits", function.CapacityUnits, json.WriteNumber);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteByOperation<T>(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, T> figures, Action<string, T> writeNumber)
    {
        json.WriteStartObject(name);
        foreach (var (operation, figure) in figures.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            writeNumber(operation, figure);
        }

        json.WriteEndObject();
    }
}
