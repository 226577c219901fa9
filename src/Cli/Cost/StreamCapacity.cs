namespace Analytics.Cli.Cost;

/// <summary>How many shards a load takes.</summary>
internal static class StreamCapacity
{
    /// <summary>What of a shard's limits is used, at most: partition keys never spread evenly.</summary>
    public const decimal Use = 0.8m;

    /// <summary>Records a second that a shard takes (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html).</summary>
    public const decimal RecordsPerSecond = 1_000;

    /// <summary>Bytes a second that a shard takes.</summary>
    public const decimal BytesPerSecond = 1024 * 1024;

    /// <summary>Bytes a second that a shard gives all readers without enhanced fan-out together.</summary>
    public const decimal ReadBytesPerSecond = 2 * BytesPerSecond;

    /// <summary>The shards that a load takes with some headroom.</summary>
    /// <param name="load">The load.</param>
    /// <param name="sharedReaders">Readers without enhanced fan-out.</param>
    public static int ShardsFor(Load load, int sharedReaders) => Shards(load, sharedReaders, Use);

    /// <summary>The shards without which a load does not go through, however evenly it spreads.</summary>
    /// <param name="load">The load.</param>
    /// <param name="sharedReaders">Readers without enhanced fan-out.</param>
    public static int LeastFor(Load load, int sharedReaders) => Shards(load, sharedReaders, 1);

    private static int Shards(Load load, int sharedReaders, decimal use)
    {
        var bytes = load.EventsPerSecond * load.EventBytes;
        var shards = Math.Max(
            load.EventsPerSecond / RecordsPerSecond,
            Math.Max(bytes / BytesPerSecond, bytes * sharedReaders / ReadBytesPerSecond));
        return Math.Max(1, (int)Math.Ceiling(shards / use));
    }
}
