using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Analytics.Cli.Archiving;
using Analytics.Counting;

namespace Analytics.Cli.Auditing;

/// <summary>Audits the counters of a pipeline by its archive.</summary>
/// <param name="plan">What is counted.</param>
/// <param name="dynamoDb">The counters' service.</param>
/// <param name="table">The counters' table.</param>
/// <param name="archive">The archive.</param>
/// <param name="clock">The time.</param>
internal sealed class ArchiveAudit(CounterPlan plan, IAmazonDynamoDB dynamoDb, string table, ArchiveReader archive, TimeProvider clock)
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CounterAuditor _auditor = new(plan, dynamoDb, table, clock);

    /// <summary>Audits once.</summary>
    /// <exception cref="UserException">The archive cannot be read.</exception>
    /// <exception cref="ArchiveIncompleteException">It would count less than there was.</exception>
    public async Task<CounterAuditResult> RunAsync(CounterAuditScope scope, bool repairs, CancellationToken cancellationToken)
    {
        var (from, to) = _auditor.ArrivalsOf(scope);
        var now = clock.GetUtcNow();
        var selection = new ArchiveSelection(from, to < now ? to : now.AddMinutes(1)) { ShardId = scope.ShardId };
        await archive.RequireOriginalsAsync(selection, cancellationToken);
        return await _auditor.AuditAsync(
            scope,
            token => EventsAsync(selection with { WithQuarantine = false }, token),
            token => archive.LastAsync(selection, token),
            repairs,
            cancellationToken);
    }

    /// <summary>
    /// Repairs until nothing is left to repair: partials may change meanwhile, and the archive may be a little behind.
    /// </summary>
    /// <returns>What the last audit found; nothing to repair and nothing ahead of the archive, unless it took too long.</returns>
    public async Task<CounterAuditResult> MendAsync(CounterAuditScope scope, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await RunAsync(scope, repairs: true, cancellationToken);
            if ((result.Changed == 0 && result.Ahead == 0) || attempt == Attempts)
            {
                return result;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private async IAsyncEnumerable<ArchivedEvent> EventsAsync(ArchiveSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in archive.ReadAsync(selection, cancellationToken))
        {
            yield return new ArchivedEvent(entry.Key.ShardId, entry.Key.SequenceNumber, entry.ArrivalTime, entry.Data);
        }
    }
}
