using Amazon.DynamoDBv2;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Commands;
using Analytics.Counting.Auditing;
using Analytics.Streaming;

namespace Analytics.Cli.Shared.Auditing;

/// <summary>Compares the counters with the archive, and counts records that the shards' chains skipped.</summary>
/// <param name="dynamoDb">The DynamoDB client.</param>
/// <param name="table">The counters table.</param>
/// <param name="archive">The archive.</param>
/// <param name="clock">The clock.</param>
internal sealed class ArchiveAudit(IAmazonDynamoDB dynamoDb, string table, ArchiveReader archive, TimeProvider clock)
{
    private const int RecordsAtOnce = 1_000;

    /// <summary>Runs the audit.</summary>
    /// <exception cref="UserException">The archive cannot be read, or objects were deleted after compaction.</exception>
    public Task<CounterAuditResult> RunAsync(CounterAuditScope scope, CancellationToken cancellationToken) =>
        new CounterAuditor(dynamoDb, table, clock).AuditAsync(new AuditedArchive(archive), scope, cancellationToken);

    /// <summary>Rewrites windows that differ from their links, if links and archive agree.</summary>
    /// <returns>The number of windows written.</returns>
    /// <exception cref="UserException">The archive cannot be read, or objects were deleted after compaction.</exception>
    public Task<int> RestoreAsync(CounterAuditScope scope, CancellationToken cancellationToken) =>
        new CounterAuditor(dynamoDb, table, clock).RestoreAsync(new AuditedArchive(archive), scope, cancellationToken);

    /// <summary>Counts archived records that the shards' chains skipped. Counters are only increased.</summary>
    /// <returns>The number of Kinesis records that were counted.</returns>
    /// <exception cref="UserException">The archive cannot be read, or objects were deleted after compaction.</exception>
    public async Task<long> RepairAsync(CounterAuditScope scope, CancellationToken cancellationToken)
    {
        var counted = 0L;
        var corrector = new CounterCorrector(dynamoDb, table, clock);
        var audited = new AuditedArchive(archive);
        foreach (var shardId in await audited.GetShardsAsync(scope.From - EventTimeBounds.Default.Future, clock.GetUtcNow().AddMinutes(1), cancellationToken))
        {
            var records = new List<StreamRecord>();
            await foreach (var record in audited.ReadRecordsAsync(shardId, cancellationToken))
            {
                records.Add(record.ToStreamRecord());
                if (records.Count == RecordsAtOnce)
                {
                    counted += (await corrector.CorrectAsync(shardId, records, cancellationToken)).Counted;
                    records.Clear();
                }
            }

            counted += (await corrector.CorrectAsync(shardId, records, cancellationToken)).Counted;
        }

        return counted;
    }

    /// <summary>Counts archived records for counters that were defined later. It only adds to counters.</summary>
    /// <returns>The number of user records counted; null if an audit finds a difference, which must be resolved first.</returns>
    /// <exception cref="UserException">The archive cannot be read, or lacks objects that were compacted and removed.</exception>
    public Task<long?> BackfillAsync(CounterAuditScope scope, CancellationToken cancellationToken) =>
        new CounterBackfiller(dynamoDb, table, clock).BackfillAsync(new AuditedArchive(archive), scope, cancellationToken);
}
