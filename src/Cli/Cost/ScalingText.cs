using System.Globalization;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Cost;

/// <summary>Prints the demand of a load as text.</summary>
internal static class ScalingText
{
    /// <summary>Prints to standard output.</summary>
    public static void Print(CostReport report, Scaling scaling, QuotaTable quotas, Terminal terminal)
    {
        var load = report.Load;
        terminal.Out.WriteLine(
            $"{Figure(load.EventsPerSecond)} events a second of {Figure(load.EventBytes)} bytes; {(report.Design.IsOnDemand ? "an on-demand stream" : $"{Figure(report.Design.Shards)} shards")}. Batches as measured: {report.Measured}.");
        terminal.Out.WriteLine($"Quotas: {quotas.Region}, {quotas.Date:yyyy-MM-dd}; accounts may have others.");
        terminal.Out.WriteLine();
        Columns.Print(
            terminal,
            ["Function", "Invocations/s", "Records", "Milliseconds", "Concurrent", "At most"],
            [false, true, true, true, true, true],
            scaling.Functions.Select(function => (string[])
            [
                function.Name, Figure(function.InvocationsPerSecond), Figure(function.Records), Figure(function.Milliseconds), Figure(function.Concurrent), Figure(function.MaxConcurrent),
            ]));
        terminal.Out.WriteLine();
        Columns.Print(
            terminal,
            ["Closest to its limit first", "", "Demand", "Limit", "Use", ""],
            [false, false, true, true, true, false],
            scaling.Demands.Select(demand => (string[])
            [
                demand.Where, demand.Quota.What, Figure(demand.Quantity), Figure(demand.Quota.Limit), demand.Use.ToString("P0", CultureInfo.InvariantCulture), demand.Use > 1 ? demand.Quota.Remedy : "",
            ]));
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(
            $"Logs: {Figure(scaling.LogGigabytes)} GB a month. Custom metrics: {Figure(scaling.Metrics)}. Total cost: ${report.Bills[0].Total.ToString("#,0", CultureInfo.InvariantCulture)} a month.");
    }

    private static string Figure(decimal value) => value.ToString(value < 100 ? "#,0.##" : "#,0", CultureInfo.InvariantCulture);
}
