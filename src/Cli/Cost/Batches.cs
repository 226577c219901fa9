namespace Analytics.Cli.Cost;

/// <summary>The batches that an event source mapping makes of a load.</summary>
/// <param name="Records">Records of a batch, on average.</param>
/// <param name="PerMonth">Batches a month, of all shards together.</param>
internal readonly record struct Batches(decimal Records, decimal PerMonth)
{
    /// <summary>The most bytes of an invocation's event.</summary>
    private const int PayloadBytes = 6 * 1024 * 1024;

    /// <summary>About what a record takes in the event besides its data.</summary>
    private const int RecordOverheadBytes = 450;

    /// <summary>Seconds between Lambda's looks at a shard: what gathers meanwhile comes together, without a window too.</summary>
    private const int PollSeconds = 1;

    /// <summary>
    /// A batch begins with a record and takes those that come during the window; it ends early when it has BatchSize records or 6 MB
    /// (https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html).
    /// </summary>
    public static Batches Of(Load load, int shards, int batchSize, int windowSeconds, int lanes)
    {
        var perSecond = load.EventsPerSecond / (shards * lanes);
        var inWindow = 1 + (perSecond * Math.Max(windowSeconds, PollSeconds));
        var inPayload = Math.Max(1, PayloadBytes / ((Load.UnitsOf(load.EventBytes, 3) * 4) + RecordOverheadBytes));
        var records = Math.Min(inWindow, Math.Min(batchSize, inPayload));
        return new Batches(records, load.EventsPerMonth / records);
    }
}
