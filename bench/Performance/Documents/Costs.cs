using Analytics.Cli.Cost;
using Analytics.Performance.Comparing;

namespace Analytics.Performance.Documents;

/// <summary>Computes what a million events cost in Lambda, requests and logs, at the prices of <c>analytics cost</c>. Stream, storage, alarms and tracing are the same for all designs and not included.</summary>
internal static class Costs
{
    private const decimal Million = 1_000_000;
    private const int LeastMemory = 512;

    /// <summary>Returns US dollars.</summary>
    public static decimal ComputeMillionEvents(Measured measured, PriceTable prices)
    {
        decimal Price(string id, decimal quantity) => quantity * prices[id].Usd / prices[id].Per;
        var gigabyteSeconds = Math.Ceiling((decimal)measured.Wall.TotalMilliseconds) / 1000 * MemoryFor(measured.PeakMegabytes) / 1024;
        var batch = Price("lambda.request", 1)
            + Price("lambda.x86_64", gigabyteSeconds)
            + Price("dynamodb.write", measured.WriteUnits)
            + Price("dynamodb.read", measured.ReadUnits)
            + Price("s3.put", measured.Calls.GetValueOrDefault("s3:PutObject"))
            + Price("sns.publish", measured.Calls.GetValueOrDefault("sns:Publish") + measured.Calls.GetValueOrDefault("sns:PublishBatch"))
            + Price("cloudwatch.logs", measured.LogBytes / (1024 * 1024 * 1024));
        return batch * Million / measured.Records;
    }

    /// <summary>Returns the memory of a function in MB: the default of template.yaml, or the next doubling that holds its peak.</summary>
    public static int MemoryFor(double peakMegabytes)
    {
        var memory = LeastMemory;
        while (memory < peakMegabytes)
        {
            memory *= 2;
        }

        return memory;
    }
}
