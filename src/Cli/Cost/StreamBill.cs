namespace Analytics.Cli.Cost;

/// <summary>The cost of a stream and of reading it; the same for every design.</summary>
internal static class StreamBill
{
    private const int PutUnitBytes = 25 * 1024;
    private const int OnDemandStepBytes = 1024;
    private const int FreeRetentionHours = 24;
    private const int LongTermHours = 168;

    /// <summary>Adds a provisioned stream without fan-out.</summary>
    public static void AddProvisioned(Bill bill, Load load, int shards, int retentionHours)
    {
        var shardHours = (decimal)shards * Load.HoursPerMonth;
        bill.Add("kinesis.shardHour", shardHours);
        bill.Add("kinesis.putUnit", load.EventsPerMonth * Load.CountUnits(load.EventBytes, PutUnitBytes));
        bill.Add("kinesis.extendedRetention", retentionHours > FreeRetentionHours ? shardHours : 0);
        AddLongTerm(bill, load, retentionHours);
    }

    /// <summary>Adds an on-demand stream.</summary>
    /// <param name="bill">The bill to add to.</param>
    /// <param name="load">The load.</param>
    /// <param name="retentionHours">Retention of the stream in hours.</param>
    /// <param name="sharedReaders">Number of readers without enhanced fan-out.</param>
    public static void AddOnDemand(Bill bill, Load load, int retentionHours, int sharedReaders)
    {
        var gigabytes = load.GigabytesInSteps(OnDemandStepBytes);
        bill.Add("kinesis.onDemandHour", Load.HoursPerMonth);
        bill.Add("kinesis.onDemandIn", gigabytes);
        bill.Add("kinesis.onDemandOut", gigabytes * sharedReaders);
        bill.Add("kinesis.onDemandRetention", gigabytes * (Math.Min(retentionHours, LongTermHours) - FreeRetentionHours) / Load.HoursPerMonth);
        AddLongTerm(bill, load, retentionHours);
    }

    /// <summary>Adds readers with enhanced fan-out.</summary>
    public static void AddFanOut(Bill bill, Load load, int shards, bool isOnDemand, int readers)
    {
        bill.Add("kinesis.fanOutHour", isOnDemand ? 0 : (decimal)readers * shards * Load.HoursPerMonth);
        bill.Add(isOnDemand ? "kinesis.onDemandFanOut" : "kinesis.fanOutData", load.GigabytesPerMonth * readers);
    }

    private static void AddLongTerm(Bill bill, Load load, int retentionHours) =>
        bill.Add("kinesis.longTermRetention", load.GigabytesPerMonth * Math.Max(0, retentionHours - LongTermHours) / Load.HoursPerMonth);
}
