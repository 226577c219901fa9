namespace Analytics.Cli.Cost;

/// <summary>Computes the number of shards that a load needs.</summary>
internal static class StreamCapacity
{
    /// <summary>Maximum used share of a shard's limits, because partition keys are never distributed evenly.</summary>
    public const decimal Use = 0.8m;

    /// <summary>Maximum records per second into a shard (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html).</summary>
    public const decimal RecordsPerSecond = 1_000;

    /// <summary>Maximum bytes per second into a shard.</summary>
    public const decimal BytesPerSecond = 1024 * 1024;

    /// <summary>Maximum bytes per second out of a shard to all readers without enhanced fan-out together.</summary>
    public const decimal ReadBytesPerSecond = 2 * BytesPerSecond;

    /// <summary>Returns the number of shards that a load needs, with headroom.</summary>
    /// <param name="load">The load.</param>
    /// <param name="sharedReaders">Number of readers without enhanced fan-out.</param>
    public static int ShardsFor(Load load, int sharedReaders) => Shards(load, sharedReaders, Use);

    /// <summary>Returns the minimum number of shards for a load, assuming perfectly even distribution.</summary>
    /// <param name="load">The load.</param>
    /// <param name="sharedReaders">Number of readers without enhanced fan-out.</param>
    public static int GetMinimum(Load load, int sharedReaders) => Shards(load, sharedReaders, 1);

    private static int Shards(Load load, int sharedReaders, decimal use)
    {
        var bytes = load.EventsPerSecond * load.EventBytes;
        var shards = Math.Max(
            load.EventsPerSecond / RecordsPerSecond,
            Math.Max(bytes / BytesPerSecond, bytes * sharedReaders / ReadBytesPerSecond));
        return Math.Max(1, (int)Math.Ceiling(shards / use));
    }
}
