using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Storage;
using Analytics.Streaming;

namespace Analytics.Alerting.Cooldowns;

/// <summary>
/// The cooldowns of a rule, shared by all shards: for each key, the end of its cooldown and the number held back and not reported yet. An event wins if it
/// arrived when its key was open; winning closes the key. The end of a key's cooldown only moves forward, so an event that was held back once is held back on every
/// redelivery, and a winner is remembered. The gate is one item, written on condition that it is unchanged.
/// </summary>
internal sealed class CooldownGate
{
    /// <summary>The maximum number of events of a rule that win in a batch; more are held back. A batch that spans many cooldowns is a backlog.</summary>
    public const int MaxWinsPerBatch = CooldownSlots.MaxKeys + 1;

    /// <summary>The maximum number of remembered winners: those of two batches. Usually only those of batches in flight are remembered.</summary>
    public const int MaxWins = 2 * MaxWinsPerBatch;

    /// <summary>The sort key of the item.</summary>
    public const string SortKey = "gate";

    private readonly Dictionary<string, Folded> _folded = new(StringComparer.Ordinal);
    private readonly List<CooldownWin> _wins = [];
    private CooldownSlots _slots = new();
    private int _winsNow;

    private CooldownGate(long? version) => Version = version;

    /// <summary>The version of the stored item, or null if there is none.</summary>
    public long? Version { get; }

    /// <summary>Whether the gate differs from the stored item.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The shards whose ledgers contain entries of this rule.</summary>
    public IReadOnlyCollection<string> Shards => _folded.Keys;

    /// <summary>The number held back and not reported yet, by key, up to the added ledger entries.</summary>
    public IEnumerable<(string Key, long HeldBack, DateTimeOffset ClosedUntil, DateTimeOffset? LastAlert)> Keys =>
        _slots.Keys.Select(slot => (slot.Key, slot.Value.HeldBack, slot.Value.ClosedUntil, slot.Value.LastAlert));

    /// <summary>Reads the stored item; null stands for a gate that was never written.</summary>
    public static CooldownGate Read(Dictionary<string, AttributeValue>? item, DateTimeOffset now)
    {
        if (item is null)
        {
            return new CooldownGate(null);
        }

        var gate = new CooldownGate(AlertItems.Number(item[AlertItems.Version]));
        if (AlertItems.IsExpired(item, now))
        {
            return gate;
        }

        gate._slots = CooldownSlots.Read(item["keys"]);
        foreach (var win in AlertItems.Maps(item["wins"]))
        {
            gate._wins.Add(new CooldownWin(
                win["id"].S,
                win["shard"].S,
                SequenceNumber.Parse(win["sequence"].S),
                win["key"].S,
                AlertItems.Number(win["held"]),
                AlertItems.OptionalTime(win, "last")));
        }

        foreach (var shard in AlertItems.Maps(item["shards"]))
        {
            var at = AlertItems.Time(shard["at"]);
            if (at + AlertItems.Retention > now)
            {
                gate._folded.Add(shard["shard"].S, new Folded(AlertItems.Number(shard["index"]), at));
            }
        }

        return gate;
    }

    /// <summary>Returns the item to store, with the next version.</summary>
    public Dictionary<string, AttributeValue> ToItem(string rule, DateTimeOffset now)
    {
        var item = AlertItems.Key(AlertItems.GatePartition(rule), SortKey);
        item[AlertItems.Version] = AlertItems.Number((Version ?? 0) + 1);
        item["keys"] = _slots.ToAttribute();
        item["wins"] = AlertItems.List(_wins.Select(win => AlertItems.WithOptionalTime(
            new()
            {
                ["id"] = AlertItems.Text(win.Id),
                ["shard"] = AlertItems.Text(win.ShardId),
                ["sequence"] = AlertItems.Text(win.SequenceNumber.ToString()),
                ["key"] = AlertItems.Text(win.Key),
                ["held"] = AlertItems.Number(win.HeldBack),
            },
            "last",
            win.LastAlert)));
        item["shards"] = AlertItems.List(_folded.Select(shard => new Dictionary<string, AttributeValue>
        {
            ["shard"] = AlertItems.Text(shard.Key),
            ["index"] = AlertItems.Number(shard.Value.Index),
            ["at"] = AlertItems.Time(shard.Value.At),
        }));
        AlertItems.Expire(item, now);
        return item;
    }

    /// <summary>Decides about an event.</summary>
    /// <param name="match">The event.</param>
    /// <param name="period">The duration of the cooldown.</param>
    public CooldownVerdict Decide(in CooldownMatch match, TimeSpan period)
    {
        foreach (var win in _wins)
        {
            if (win.Id == match.Id)
            {
                return new CooldownVerdict(win.Key, win);
            }
        }

        var key = _slots.KeyFor(match.Key, match.ArrivalTime);
        if (_winsNow == MaxWinsPerBatch || _slots.IsClosed(key, match.ArrivalTime))
        {
            return new CooldownVerdict(_slots.Contains(key) ? key : CooldownSlots.OtherKey, null);
        }

        var slot = _slots.Open(key, match.ArrivalTime);
        var won = new CooldownWin(match.Id, match.ShardId, match.SequenceNumber, key, slot.HeldBack, slot.LastAlert);
        slot.HeldBack = 0;
        slot.LastAlert = match.ArrivalTime;
        slot.ClosedUntil = match.ArrivalTime + period;
        if (_wins.Count == MaxWins)
        {
            _wins.RemoveAt(0);
        }

        _wins.Add(won);
        _winsNow++;
        IsChanged = true;
        return new CooldownVerdict(key, won);
    }

    /// <summary>Returns the index of the last entry of a shard's ledger included in <see cref="Keys"/>, or null if the shard is unknown.</summary>
    public long? FoldedUpTo(string shardId) => _folded.TryGetValue(shardId, out var folded) ? folded.Index : null;

    /// <summary>Adds a shard before its ledger contains entries of the rule.</summary>
    /// <param name="ledger">The current ledger, without entries of the rule.</param>
    /// <param name="now">The current time.</param>
    public void Register(ShardLedger ledger, DateTimeOffset now)
    {
        // Not longer than the entry that it refers to: after that expires, the ledger may start at 1 again.
        if (_folded.TryAdd(ledger.ShardId, new Folded(ledger.LastIndex, ledger.LastWrittenAt ?? now)))
        {
            IsChanged = true;
        }
    }

    /// <summary>Adds the numbers held back in an entry of a shard's ledger for a rule, and forgets the winners that it covers. Call it for entries in order.</summary>
    public void Fold(string shardId, LedgerEntry entry, string rule)
    {
        foreach (var (key, held) in entry.HeldBack.GetValueOrDefault(rule) ?? [])
        {
            _slots.Hold(key, held);
        }

        // Events covered by the entry are not decided again.
        _ = _wins.RemoveAll(win => win.ShardId == shardId && entry.Covers(win.SequenceNumber, win.Id));
        _folded[shardId] = new Folded(entry.Index, entry.WrittenAt);
        IsChanged = true;
    }

    private readonly record struct Folded(long Index, DateTimeOffset At);
}
