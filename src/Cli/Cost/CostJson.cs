using System.Text.Json;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Cost;

/// <summary>Writes a cost report as JSON.</summary>
internal static class CostJson
{
    /// <summary>Returns the report with a final line feed; amounts are in US dollars per month, not rounded.</summary>
    public static string Write(CostReport report) => JsonText.Write(JsonText.Indented, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("eventsPerSecond", report.Load.EventsPerSecond);
        json.WriteNumber("eventBytes", report.Load.EventBytes);
        json.WriteNumber("eventsPerMonth", report.Load.EventsPerMonth);
        json.WriteNumber("shards", report.Design.Shards);
        json.WriteBoolean("onDemand", report.Design.IsOnDemand);
        json.WriteStartObject("prices");
        json.WriteString("region", report.Prices.Region);
        json.WriteString("date", report.Prices.Date.ToString("O"));
        json.WriteString("currency", report.Prices.Currency);
        json.WriteString("note", report.Prices.Note);
        json.WriteEndObject();
        json.WriteString("measured", report.Measured);
        WriteFunctions(json, report.Functions);
        json.WriteStartArray("bills");
        foreach (var bill in report.Bills)
        {
            WriteBill(json, bill, report.Services);
        }

        json.WriteEndArray();
        json.WriteNumber("moreIfAllComputing", report.SlowestUsd);
        json.WriteStartArray("notCounted");
        foreach (var one in report.NotCounted)
        {
            json.WriteStringValue(one);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }) + "\n";

    private static void WriteFunctions(Utf8JsonWriter json, IReadOnlyList<FunctionCost> functions)
    {
        json.WriteStartObject("functions");
        foreach (var function in functions)
        {
            json.WriteStartObject(function.Name);
            json.WriteNumber("recordsPerBatch", function.Batches.Records);
            json.WriteNumber("batches", function.Batches.PerMonth);
            json.WriteNumber("milliseconds", function.Milliseconds);
            json.WriteNumber("gigabyteSeconds", function.GigabyteSeconds);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteBill(Utf8JsonWriter json, Bill bill, IEnumerable<string> services)
    {
        json.WriteStartObject();
        json.WriteString("design", bill.Design);
        json.WriteString("does", bill.Does);
        json.WriteNumber("total", bill.Total);
        json.WriteStartObject("services");
        foreach (var service in services)
        {
            json.WriteNumber(service, bill.GetUsd(service));
        }

        json.WriteEndObject();
        json.WriteStartArray("lines");
        foreach (var line in bill.Lines)
        {
            json.WriteStartObject();
            json.WriteString("id", line.Price.Id);
            json.WriteNumber("quantity", line.Quantity);
            json.WriteString("unit", line.Price.Unit);
            json.WriteNumber("price", line.Price.Usd);
            json.WriteNumber("per", line.Price.Per);
            json.WriteNumber("usd", line.Usd);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
