namespace Analytics.Cli.Shared.Targets;

/// <summary>The logical IDs of the template's resources that the commands use.</summary>
internal static class ResourceNames
{
    public const string ArchiveFunction = "Archive";
    public const string CountersFunction = "Counters";
    public const string RollupFunction = "Rollup";
    public const string AnomaliesFunction = "Anomalies";
    public const string AlertsFunction = "Alerts";
    public const string ResultsFunction = "Results";
    public const string ReplicatorFunction = "Replicator";
    public const string Stream = "EventStream";
    public const string ReplicaStream = "ReplicaStream";
    public const string ArchiveBucket = "ArchiveBucket";
    public const string CountersTable = "CountersTable";
    public const string ResultsTable = "ResultsTable";
    public const string AlertsTopic = "AlertsTopic";
    public const string FailuresQueue = "FailuresQueue";
}
