namespace Analytics.Cli.Cost;

/// <summary>What an item in DynamoDB for each event costs.</summary>
internal static class ResultsBill
{
    /// <summary>
    /// Bytes of an item besides the event itself: key, times, the fields taken out, names
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html); what the sample events' items have on average.
    /// </summary>
    public const int OverheadBytes = 262;

    /// <summary>What DynamoDB adds to a stored item.</summary>
    public const int StorageOverheadBytes = 100;

    private const int WriteUnitBytes = 1024;
    private const int SecondsPerDay = 86_400;

    /// <summary>Items that are written once and kept for some days.</summary>
    public static void Add(Bill bill, Load load, int retentionDays, bool hasPointInTimeRecovery)
    {
        var bytes = load.EventBytes + OverheadBytes;
        bill.Add("dynamodb.write", load.EventsPerMonth * Load.UnitsOf(bytes, WriteUnitBytes));
        var stored = load.EventsPerSecond * retentionDays * SecondsPerDay * (bytes + StorageOverheadBytes) / Load.Gigabyte;
        bill.Add("dynamodb.storage", stored);
        bill.Add("dynamodb.recovery", hasPointInTimeRecovery ? stored : 0);
    }
}
