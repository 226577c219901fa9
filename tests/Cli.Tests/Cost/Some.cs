using Analytics.Cli.Cost;

namespace Analytics.Cli.Tests.Cost;

/// <summary>Plain values to reckon with.</summary>
internal static class Some
{
    /// <summary>A second of a thousand events of 400 bytes, and the month that they make.</summary>
    public static readonly Load Load = new(1_000, 400);

    public static readonly PriceTable Prices = PriceTable.Load();

    public static StreamFunction Function(string name) => new(name) { Memory = 512, BatchSize = 1_000, WindowSeconds = 5 };

    public static PipelineDesign Design(params ReadOnlySpan<string> functions)
    {
        var all = new List<StreamFunction>();
        foreach (var name in functions)
        {
            all.Add(Function(name));
        }

        return new PipelineDesign { Shards = 2, RetentionHours = 168, ResultsRetentionDays = 30, Functions = all };
    }

    /// <summary>A run of ten batches of a function.</summary>
    /// <param name="name">The function.</param>
    /// <param name="records">Records of a batch.</param>
    /// <param name="milliseconds">Of a batch.</param>
    /// <param name="operation">What the function calls.</param>
    /// <param name="calls">How often in a batch.</param>
    /// <param name="kilobytes">What a batch's calls send.</param>
    public static MeasuredRun Run(string name, long records, decimal milliseconds, string operation = "s3:PutObject", long calls = 1, long kilobytes = 1) => new(
        Sent: 10 * records,
        Bytes: 10 * records * 200,
        Alerts: records / 100,
        Metrics: 5,
        new Dictionary<string, MeasuredFunction>
        {
            [name] = new(
                Invocations: 10,
                Records: 10 * records,
                Milliseconds: 10 * milliseconds,
                LogBytes: 10 * 1_000,
                new Dictionary<string, long> { [operation] = 10 * calls },
                new Dictionary<string, long> { [operation] = 10 * kilobytes }),
        });

    public static Measurements Measured(params MeasuredRun[] runs) => new("a test", runs);

    /// <summary>The quantity of a bill's line; 0 when it has none.</summary>
    public static decimal Quantity(this Bill bill, string price) => bill.Lines.FirstOrDefault(line => line.Price.Id == price) is { Price: not null } line ? line.Quantity : 0;
}
