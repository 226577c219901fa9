using Amazon.DynamoDBv2;
using Analytics.Cli.Archiving;
using Analytics.Counting;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Cli.Auditing;

/// <summary>
/// Counts the archive again and compares it with the counters. What arrives meanwhile, or is in one of them only because the other is behind, shows
/// as a difference.
/// </summary>
/// <param name="definitions">What is counted.</param>
/// <param name="dynamoDb">The counters' service.</param>
/// <param name="table">The counters' table.</param>
/// <param name="archive">The archive.</param>
/// <param name="clock">The time.</param>
internal sealed class ArchiveAudit(Definitions definitions, IAmazonDynamoDB dynamoDb, string table, ArchiveReader archive, TimeProvider clock)
{
    private static readonly EventTimeBounds Bounds = EventTimeBounds.Default;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    /// <summary>Audits.</summary>
    /// <exception cref="UserException">The archive cannot be read.</exception>
    /// <exception cref="ArchiveIncompleteException">It would count less than there was.</exception>
    public async Task<ArchiveAuditResult> RunAsync(ArchiveAuditScope scope, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var to = scope.To + LongestWindow + Bounds.Past;
        var selection = new ArchiveSelection(scope.From - Bounds.Future, to < now ? to : now.AddMinutes(1));
        await archive.RequireOriginalsAsync(selection, cancellationToken);
        var counted = await new CounterReader(dynamoDb, table).ScanAsync(cancellationToken);
        var recount = new CounterRecount(new CounterPlan(definitions, new EventReader(EventLimits.Default), Bounds));
        var events = 0L;
        await foreach (var entry in archive.ReadAsync(selection with { WithQuarantine = false }, cancellationToken))
        {
            events++;
            recount.Add(entry.Data, entry.ArrivalTime);
        }

        var retentions = definitions.Counters.ToDictionary(counter => counter.Name, counter => counter.Retention, StringComparer.Ordinal);
        bool IsInScope(CounterValue value) =>
            value.Start >= scope.From
            && value.Start < scope.To
            && (scope.Counter is null || value.Counter == scope.Counter)
            && (!retentions.TryGetValue(value.Counter, out var retention) || value.Start + retention > now);
        var compared = counted.Where(IsInScope).ToList();
        return new ArchiveAuditResult(events, compared.Count, CounterAudit.Compare(compared, recount.Values().Where(IsInScope)));
    }
}
