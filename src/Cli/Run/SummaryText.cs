using Analytics.Cli.Shared.Faults;
using Analytics.Cli.Shared.Output;
using Analytics.Counting;

namespace Analytics.Cli.Run;

/// <summary>Prints a run's summary as text.</summary>
internal static class SummaryText
{
    /// <summary>Prints the summary to standard output.</summary>
    public static void Print(RunSummary summary, Terminal terminal)
    {
        Columns.Print(terminal, ["", "Count", "Meaning"], [false, true, false], Totals(summary));
        terminal.Out.WriteLine();
        Columns.Print(terminal, ["Function", "Invocations", "Errors", "Records", "AWS calls"], [false, true, true, true, false], Functions(summary));
        terminal.Out.WriteLine();
        FaultText.Print(summary.Faults, terminal, "send more events, or use smaller batches, for example --parameter BatchSize=100");
        if (summary.Faults.Count > 0)
        {
            terminal.Out.WriteLine();
        }

        foreach (var difference in summary.Differences)
        {
            terminal.Out.WriteLine("difference: " + difference);
        }

        terminal.Out.WriteLine(Verdict(summary));
    }

    private static IEnumerable<string[]> Totals(RunSummary summary)
    {
        yield return Row("Sent", summary.Sent, "events accepted by the stream");
        yield return Row("Archived", summary.Archived, "events in S3, byte for byte");
        yield return Row("Quarantined", summary.Quarantined, "malformed records, stored in S3 with the reason");
        yield return Row("Lost", summary.Lost, "sent - archived - quarantined");
        yield return Row("Counters", summary.CounterValues, summary.CounterDifferences == 0
            ? "values in DynamoDB, each equal to a recount of the events sent"
            : $"values in DynamoDB, of which {Terminal.Number(summary.CounterDifferences)} differ from a recount of the events sent");
        yield return Row("Audited", summary.AuditedValues, summary.AuditDifferences == 0
            ? "values in DynamoDB, each equal to a recount of the archive"
            : $"values in DynamoDB, of which {Terminal.Number(summary.AuditDifferences)} differ from a recount of the archive");
        if (summary.Unused.Count > 0)
        {
            yield return Row("Unused", summary.Unused.Sum(values => values.Count), $"values that could not be counted: {Unused(summary)}");
        }

        if (summary.Results is { } results)
        {
            yield return Row("Results", results, summary.Duplicates.SameEvent == 0
                ? "items in DynamoDB, one per event"
                : $"items in DynamoDB, one per event; {Terminal.Number(summary.Duplicates.SameEvent)} events repeat the ID and time of another");
        }

        if (summary.Replicated is { } replicated)
        {
            yield return Row("Replicated", replicated, "records copied to the second stream, byte for byte");
        }

        yield return Row("Alerts", summary.Alerts, "messages on the SNS topic");
        yield return Row("Failures", summary.Failures, "batches that exhausted their retries, in the SQS queue");
        if (summary.Dropped > 0)
        {
            yield return Row("Dropped", summary.Dropped, $"records that were neither processed nor reported in a failure record: {Droppers(summary)}");
        }

        if (summary.TooLarge > 0)
        {
            yield return Row("Too large", summary.TooLarge, "lines over the stream's record size limit; not sent");
        }
    }

    private static IEnumerable<string[]> Functions(RunSummary summary) => summary.Functions.Select(function => new[]
    {
        function.Name,
        Terminal.Number(function.Invocations),
        Terminal.Number(function.Errors),
        Terminal.Number(function.Records),
        string.Join(", ", function.AwsCalls.OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => $"{Terminal.Number(call.Value)} {call.Key}")),
    });

    private static string Verdict(RunSummary summary) => summary.IsComplete
        ? $"Nothing was lost: {Terminal.Number(summary.Sent)} sent = {Terminal.Number(summary.Archived)} archived + {Terminal.Number(summary.Quarantined)} quarantined, in {Terminal.Seconds(TimeSpan.FromSeconds(summary.Seconds))}."
        : $"Not complete: {string.Join(", ", Shortfalls(summary))}.";

    private static IEnumerable<string> Shortfalls(RunSummary summary)
    {
        if (summary.Lost > 0)
        {
            yield return $"{Terminal.Number(summary.Lost)} lost";
        }

        if (summary.Failures > 0)
        {
            yield return $"{Terminal.Number(summary.Failures)} batches in the failures queue";
        }

        if (summary.Dropped > 0)
        {
            yield return $"{Terminal.Number(summary.Dropped)} records dropped";
        }

        if (summary.RefusedFailures > 0)
        {
            yield return $"{Terminal.Number(summary.RefusedFailures)} failure records rejected by the on-failure destination";
        }

        if (summary.TooLarge > 0)
        {
            yield return $"{Terminal.Number(summary.TooLarge)} too large to send";
        }

        if (summary.Differences.Count > 0)
        {
            yield return "differences as above";
        }
    }

    private static string Unused(RunSummary summary) => string.Join(
        ", ", summary.Unused.Select(values => $"{values.Counter} {Terminal.Number(values.Count)} {values.Reason.GetName()}"));

    private static string Droppers(RunSummary summary) =>
        string.Join(", ", summary.Functions.Where(function => function.Dropped > 0).Select(function => $"{function.Name} {Terminal.Number(function.Dropped)}"));

    private static string[] Row(string name, long count, string meaning) => [name, Terminal.Number(count), meaning];
}
