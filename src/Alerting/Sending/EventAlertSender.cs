using Amazon.DynamoDBv2;
using Analytics.Alerting.Cooldowns;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Storage;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Alerting.Sending;

/// <summary>
/// Sends the alerts of a batch, each once, and counts those that cooldowns hold back. First the gates decide which events are alerts (one conditional write per rule with matches);
/// then, under the shard's lease, alerts that are not marked as sent are published and marked; last the decided range is added to the shard's ledger.
/// An interrupted batch is redelivered, finds its earlier decisions and sent alerts, and continues.
/// </summary>
public sealed class EventAlertSender
{
    /// <summary>The maximum number of ledger entries of a shard that are not added to gates. It limits the reads needed for an alert.</summary>
    public const int MaxUnfolded = 64;

    /// <summary>Maximum number of attempts of a write that conflicts with others.</summary>
    private const int MaxAttempts = 10;

    private readonly IAlertTable _table;
    private readonly AlertOutlet _outlet;

    /// <summary>Creates a sender with its state in a table.</summary>
    public EventAlertSender(IAmazonDynamoDB dynamoDb, string table, IAlertPublisher publisher, string? link, TimeProvider clock)
        : this(new AlertTable(dynamoDb, table, clock, Random.Shared), publisher, link, clock)
    {
    }

    internal EventAlertSender(IAlertTable table, IAlertPublisher publisher, string? link, TimeProvider clock)
    {
        _table = table;
        _outlet = new AlertOutlet(table, publisher, link, clock);
    }

    /// <summary>Sends the alerts that have not been sent. Failures are reported by their lowest sequence number.</summary>
    public async Task<CommitResult> SendAsync(EventAlertBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Matches.Count == 0)
        {
            return CommitResult.Complete;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await TrySendAsync(batch, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        throw new AlertStateException("Conflicting writes to the shard's ledger persist.");
    }

    /// <summary>Sends the alerts, or returns null if another invocation decided about some of the events concurrently.</summary>
    private async Task<CommitResult?> TrySendAsync(EventAlertBatch batch, CancellationToken cancellationToken)
    {
        var due = batch.Matches.Where(match => match.Rule.Cooldown is null).Select(match => new DueMatch(match, null)).ToList();
        var held = new List<(EventMatch Match, string Key)>();
        ShardLedger? ledger = null;
        List<EventMatch> undecided = [];
        if (due.Count < batch.Matches.Count)
        {
            ledger = await ShardLedger.ReadAsync(_table, batch.ShardId, batch.First, cancellationToken).ConfigureAwait(false);
            undecided = [.. batch.Matches.Where(match => match.Rule.Cooldown is not null && !ledger.Covers(match.SequenceNumber, match.Id))];
            foreach (var matches in undecided.GroupBy(match => match.Rule.Name).Select(rule => rule.ToList()))
            {
                await DecideAsync(matches[0].Rule, matches, ledger, batch, due, held, cancellationToken).ConfigureAwait(false);
            }
        }

        var unsent = await PublishAsync(due, batch, cancellationToken).ConfigureAwait(false);
        if (ledger is not null && undecided.Exists(match => unsent.IsBefore(match)))
        {
            var entry = Conclude(ledger, batch, [.. undecided.Where(unsent.IsBefore)], held.Where(one => unsent.IsBefore(one.Match)));
            if (!await _table.TryPutAsync(entry.ToItem(batch.ShardId), null, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }

        return unsent.Result;
    }

    /// <summary>Decides about a rule's events, and stores the gate if it changes.</summary>
    private async Task DecideAsync(
        MatchRule rule,
        IReadOnlyList<EventMatch> matches,
        ShardLedger ledger,
        EventAlertBatch batch,
        List<DueMatch> due,
        List<(EventMatch Match, string Key)> held,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var (items, failures) = await _table.GetAsync(
                [AlertItems.Key(AlertItems.GatePartition(rule.Name), CooldownGate.SortKey)], cancellationToken).ConfigureAwait(false);
            if (failures.Cause is { } cause)
            {
                throw new AlertStateException($"The cooldowns of {rule.Name} cannot be read.", cause);
            }

            var item = items.FirstOrDefault();
            var gate = CooldownGate.Read(item, batch.Now);
            var verdicts = Decide(gate, rule, matches, batch);
            if (gate.IsChanged || gate.FoldedUpTo(batch.ShardId) is not { } folded || ledger.LastIndex - folded >= MaxUnfolded)
            {
                // Decide again, with the current numbers held back.
                gate = CooldownGate.Read(item, batch.Now);
                gate.Register(ledger, batch.Now);
                await FoldAsync(_table, gate, rule.Name, batch.Now, cancellationToken).ConfigureAwait(false);
                verdicts = Decide(gate, rule, matches, batch);
                if (!await _table.TryPutAsync(gate.ToItem(rule.Name, batch.Now), gate.Version, cancellationToken).ConfigureAwait(false))
                {
                    continue;
                }
            }

            for (var index = 0; index < matches.Count; index++)
            {
                if (verdicts[index].Win is { } win)
                {
                    due.Add(new DueMatch(matches[index], win));
                }
                else
                {
                    held.Add((matches[index], verdicts[index].Key));
                }
            }

            return;
        }

        throw new AlertStateException($"Conflicting writes to the cooldowns of {rule.Name} persist.");
    }

    private static CooldownVerdict[] Decide(CooldownGate gate, MatchRule rule, IReadOnlyList<EventMatch> matches, EventAlertBatch batch) =>
    [
        .. matches.Select(match => gate.Decide(
            new CooldownMatch(match.Key!, match.Id, batch.ShardId, match.SequenceNumber, match.ArrivalTime), rule.Cooldown!.Period)),
    ];

    /// <summary>Adds newer ledger entries to a rule's gate.</summary>
    internal static async Task FoldAsync(IAlertTable table, CooldownGate gate, string rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var shardId in gate.Shards.ToList())
        {
            await foreach (var entry in ShardLedger.ReadAfterAsync(table, shardId, gate.FoldedUpTo(shardId) ?? 0, now, cancellationToken).ConfigureAwait(false))
            {
                gate.Fold(shardId, entry, rule);
            }
        }
    }

    /// <summary>Publishes alerts that are not marked as sent, and marks them.</summary>
    private async Task<UnsentAlerts> PublishAsync(List<DueMatch> due, EventAlertBatch batch, CancellationToken cancellationToken)
    {
        // In the order of the records, so that a failure leaves as few alerts as possible unsent.
        due.Sort((left, right) => left.Match.SequenceNumber.CompareTo(right.Match.SequenceNumber));
        var unsent = new UnsentAlerts();
        List<DueAlert> alerts = [.. due.Select(one => new DueAlert(one.Match.Mark, () => one.Describe(batch)))];
        foreach (var (index, cause) in await _outlet.SendAsync(batch.ShardId, alerts, batch.Now, cancellationToken).ConfigureAwait(false))
        {
            unsent.Add(due[index].Match, cause);
        }

        return unsent;
    }

    /// <summary>The ledger's entry about the events that are decided and, as far as they are alerts, sent.</summary>
    private static LedgerEntry Conclude(
        ShardLedger ledger, EventAlertBatch batch, List<EventMatch> decided, IEnumerable<(EventMatch Match, string Key)> held)
    {
        var last = decided[^1].SequenceNumber;
        HashSet<string>? atEdges = batch.HasOpenEdges
            ? [.. decided.Where(match => match.SequenceNumber == batch.First || match.SequenceNumber == last).Select(match => match.Id)]
            : null;
        var counts = new Dictionary<string, Dictionary<string, long>>(StringComparer.Ordinal);
        foreach (var (match, key) in held)
        {
            if (!counts.TryGetValue(match.Rule.Name, out var keys))
            {
                counts.Add(match.Rule.Name, keys = new Dictionary<string, long>(StringComparer.Ordinal));
            }

            keys[key] = keys.GetValueOrDefault(key) + 1;
        }

        return ledger.Next(batch.First, last, atEdges, counts, batch.Now);
    }

    /// <summary>An alert to be sent, unless it is marked.</summary>
    private sealed record DueMatch(EventMatch Match, CooldownWin? Win)
    {
        public AlertContent Describe(EventAlertBatch batch)
        {
            var content = batch.Describe(Match);
            return Win is null ? content : content with { Key = Win.Key == CooldownKey.All ? null : Win.Key, HeldBack = Win.HeldBack, LastAlert = Win.LastAlert };
        }
    }

    /// <summary>The lowest sequence number of the unsent alerts, and the cause.</summary>
    private sealed class UnsentAlerts
    {
        private SequenceNumber? _lowest;
        private Exception? _cause;

        public CommitResult Result => _lowest is { } lowest ? CommitResult.FailedFrom(lowest, _cause) : CommitResult.Complete;

        public bool IsBefore(EventMatch match) => _lowest is not { } lowest || match.SequenceNumber < lowest;

        public void Add(EventMatch match, Exception? cause)
        {
            if (_lowest is not { } lowest || match.SequenceNumber < lowest)
            {
                (_lowest, _cause) = (match.SequenceNumber, cause);
            }
        }
    }
}
