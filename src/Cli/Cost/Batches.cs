namespace Analytics.Cli.Cost;

/// <summary>The batches that an event source mapping forms from a load.</summary>
/// <param name="Records">Average number of records per batch.</param>
/// <param name="PerMonth">Batches per month, over all shards.</param>
internal readonly record struct Batches(decimal Records, decimal PerMonth)
{
    /// <summary>Maximum size of an invocation payload.</summary>
    private const int PayloadBytes = 6 * 1024 * 1024;

    /// <summary>Approximate size of a record in the payload without its data.</summary>
    private const int RecordOverheadBytes = 450;

    /// <summary>Seconds between Lambda's polls of a shard. Records that arrive between polls form one batch, even without a batching window.</summary>
    private const int PollSeconds = 1;

    /// <summary>
    /// Computes the batches. A batch starts with a record and includes those that arrive during the batching window; it ends early at BatchSize records or 6 MB
    /// (https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html).
    /// </summary>
    public static Batches Estimate(Load load, int shards, int batchSize, int windowSeconds, int lanes)
    {
        var perSecond = load.EventsPerSecond / (shards * lanes);
        var inWindow = 1 + (perSecond * Math.Max(windowSeconds, PollSeconds));
        var inPayload = Math.Max(1, PayloadBytes / ((Load.CountUnits(load.EventBytes, 3) * 4) + RecordOverheadBytes));
        var records = Math.Min(inWindow, Math.Min(batchSize, inPayload));
        return new Batches(records, load.EventsPerMonth / records);
    }
}
