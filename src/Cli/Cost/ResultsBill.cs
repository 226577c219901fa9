namespace Analytics.Cli.Cost;

/// <summary>The cost of one DynamoDB item per event.</summary>
internal static class ResultsBill
{
    /// <summary>
    /// Size of an item without the event: key, times, extracted fields, attribute names
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html); the average over the items of the sample events.
    /// </summary>
    public const int OverheadBytes = 262;

    /// <summary>Bytes that DynamoDB adds to a stored item.</summary>
    public const int StorageOverheadBytes = 100;

    private const int WriteUnitBytes = 1024;
    private const int SecondsPerDay = 86_400;

    /// <summary>Adds the cost of items that are written once and kept for a number of days.</summary>
    public static void Add(Bill bill, Load load, int retentionDays, bool hasPointInTimeRecovery)
    {
        var bytes = load.EventBytes + OverheadBytes;
        bill.Add("dynamodb.write", load.EventsPerMonth * Load.CountUnits(bytes, WriteUnitBytes));
        var stored = load.EventsPerSecond * retentionDays * SecondsPerDay * (bytes + StorageOverheadBytes) / Load.Gigabyte;
        bill.Add("dynamodb.storage", stored);
        bill.Add("dynamodb.recovery", hasPointInTimeRecovery ? stored : 0);
    }
}
