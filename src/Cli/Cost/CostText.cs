using System.Globalization;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Cost;

/// <summary>Prints a cost report as text.</summary>
internal static class CostText
{
    private const decimal Million = 1_000_000;

    /// <summary>Prints to standard output.</summary>
    public static void Print(CostReport report, bool withDetails, Terminal terminal)
    {
        var load = report.Load;
        terminal.Out.WriteLine(
            $"{Figure(load.EventsPerSecond)} {(load.EventsPerSecond == 1 ? "event" : "events")} a second of {Figure(load.EventBytes)} bytes: {Figure(load.EventsPerMonth)} events and {Figure(load.GigabytesPerMonth)} GB a month of {Load.HoursPerMonth} hours.");
        terminal.Out.WriteLine(report.Design.IsOnDemand ? "The stream is on-demand." : report.Design.Shards == 1 ? "The stream has 1 shard." : $"The stream has {Figure(report.Design.Shards)} shards.");
        terminal.Out.WriteLine($"Prices in {report.Prices.Currency}: {report.Prices.Region}, {report.Prices.Date:yyyy-MM-dd}, list prices without free tier. Batches as measured: {report.Measured}.");
        terminal.Out.WriteLine();
        PrintServices(report, terminal);
        terminal.Out.WriteLine();
        foreach (var bill in report.Bills)
        {
            terminal.Out.WriteLine($"{bill.Design}: {bill.Does}.");
        }

        terminal.Out.WriteLine();
        if (withDetails)
        {
            PrintBatches(report, terminal);
            foreach (var bill in report.Bills)
            {
                PrintLines(bill, report.Services, terminal);
            }
        }

        terminal.Out.WriteLine(
            $"Lambda durations are as measured. If all of that time were CPU time, the bill would be ${Money(report.SlowestUsd)} higher, because a function gets only a share of a core.");
        if (report.NotCounted.Count > 0)
        {
            terminal.Out.WriteLine($"Not included: {string.Join("; ", report.NotCounted)}.");
        }
    }

    private static void PrintServices(CostReport report, Terminal terminal) => Columns.Print(
        terminal,
        ["USD a month", .. report.Bills.Select(bill => bill.Design)],
        [false, .. report.Bills.Select(_ => true)],
        [
            .. report.Services.Select(service => (string[])[service, .. report.Bills.Select(bill => bill.GetUsd(service) is > 0 and var cost ? Money(cost) : "-")]),
            ["Total", .. report.Bills.Select(bill => Money(bill.Total))],
            ["A million events", .. report.Bills.Select(bill => Money(bill.Total / report.Load.EventsPerMonth * Million))],
        ]);

    private static void PrintBatches(CostReport report, Terminal terminal)
    {
        Columns.Print(
            terminal,
            ["Function", "Records a batch", "Batches a month", "Milliseconds a batch", "GB-seconds a month"],
            [false, true, true, true, true],
            report.Functions.Select(function => (string[])
            [
                function.Name, Figure(function.Batches.Records), Figure(function.Batches.PerMonth), Figure(function.Milliseconds), Figure(function.GigabyteSeconds),
            ]));
        terminal.Out.WriteLine();
    }

    private static void PrintLines(Bill bill, IEnumerable<string> services, Terminal terminal)
    {
        Columns.Print(
            terminal,
            [bill.Design, "What", "A month", "Unit", "USD", "for", "USD a month"],
            [false, false, true, false, true, true, true],
            services.SelectMany(service => bill.Lines.Where(line => line.Price.Service == service)).Select(line => (string[])
            [
                line.Price.Service,
                line.Price.What,
                Figure(line.Quantity),
                line.Price.Unit,
                line.Price.Usd.ToString("0.00########", CultureInfo.InvariantCulture),
                Figure(line.Price.Per),
                Money(line.Usd),
            ]));
        terminal.Out.WriteLine();
    }

    private static string Money(decimal value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);

    private static string Figure(decimal value) => value.ToString(value < 100 ? "#,0.##" : "#,0", CultureInfo.InvariantCulture);
}
