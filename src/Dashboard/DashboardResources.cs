namespace Analytics.Dashboard;

/// <summary>The logical IDs of the resources that the page shows.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="ArchiveBucket">The archive's bucket.</param>
/// <param name="ArchiveFunction">The function that writes there.</param>
/// <param name="CountersTable">The counters table.</param>
/// <param name="CountersFunction">The function that writes there.</param>
/// <param name="AlertsTopic">The alerts topic.</param>
/// <param name="FailuresQueue">The failures queue.</param>
internal sealed record DashboardResources(
    string Stream, string ArchiveBucket, string ArchiveFunction, string CountersTable, string CountersFunction, string AlertsTopic, string FailuresQueue);
