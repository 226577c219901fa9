using Analytics.Cli.Cost;

namespace Analytics.Cli.Tests.Cost;

/// <summary>Simple values for cost calculations.</summary>
internal static class Some
{
    /// <summary>A load of 1,000 events of 400 bytes per second, and its month.</summary>
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
    /// <param name="milliseconds">The duration of a batch.</param>
    /// <param name="operation">The operation that the function calls.</param>
    /// <param name="calls">Calls per batch.</param>
    /// <param name="kilobytes">Kilobytes that the calls of a batch send.</param>
    /// <param name="units">Capacity units that the calls of a batch consume.</param>
    public static MeasuredRun Run(
        string name, long records, decimal milliseconds, string operation = "s3:PutObject", long calls = 1, long kilobytes = 1, decimal units = 0) => new(
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
                new Dictionary<string, long> { [operation] = 10 * kilobytes },
                new Dictionary<string, decimal> { [operation] = 10 * units }),
        });

    public static Measurements Measured(params MeasuredRun[] runs) =>
        new("a test", runs, [new MeasuredRollup(1_000, 100, 20, 30, 10), new MeasuredRollup(100_000, 1_090, 119, 228, 109)]);

    /// <summary>The quantity of a bill's line; 0 when it has none.</summary>
    public static decimal Quantity(this Bill bill, string price) => bill.Lines.FirstOrDefault(line => line.Price.Id == price) is { Price: not null } line ? line.Quantity : 0;
}
