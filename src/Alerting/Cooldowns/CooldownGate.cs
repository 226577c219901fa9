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
    /// <summary>
    /// The maximum number of tracked keys; the events of all others share <see cref="OtherKey"/>. Keys come from producers: without a limit, each
    /// new one would send an e-mail at once, and the item would become too large for cheap conditional writes. A key can be replaced after its cooldown ends.
    /// </summary>
    public const int MaxKeys = 50;

    /// <summary>The maximum number of events of a rule that win in a batch; more are held back. A batch that spans many cooldowns is a backlog.</summary>
    public const int MaxWinsPerBatch = MaxKeys + 1;

    /// <summary>The maximum number of remembered winners: those of two batches. Usually only those of batches in flight are remembered.</summary>
    public const int MaxWins = 2 * MaxWinsPerBatch;

    /// <summary>The key shared by all keys beyond <see cref="MaxKeys"/>. No producer can send it: see <see cref="CooldownKey"/>.</summary>
    public const string OtherKey = "(other)";

    /// <summary>The sort key of the item.</summary>
    public const string SortKey = "gate";

    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Folded> _folded = new(StringComparer.Ordinal);
    private readonly List<CooldownWin> _wins = [];
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
        _slots.Select(slot => (slot.Key, slot.Value.HeldBack, slot.Value.ClosedUntil, slot.Value.LastAlert));

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

        foreach (var slot in AlertItems.Maps(item["keys"]))
        {
            gate._slots.Add(slot["key"].S, new Slot
            {
                ClosedUntil = AlertItems.Time(slot["until"]),
                HeldBack = AlertItems.Number(slot["held"]),
                LastAlert = slot.TryGetValue("last", out var last) ? AlertItems.Time(last) : null,
            });
        }

        foreach (var win in AlertItems.Maps(item["wins"]))
        {
            gate._wins.Add(new CooldownWin(
                win["id"].S,
                win["shard"].S,
                SequenceNumber.Parse(win["sequence"].S),
                win["key"].S,
                AlertItems.Number(win["held"]),
                win.TryGetValue("last", out var last) ? AlertItems.Time(last) : null));
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
        item["keys"] = List(_slots.Select(slot => WithLast(slot.Value.LastAlert, new()
        {
            ["key"] = AlertItems.Text(slot.Key),
            ["until"] = AlertItems.Time(slot.Value.ClosedUntil),
            ["held"] = AlertItems.Number(slot.Value.HeldBack),
        })));
        item["wins"] = List(_wins.Select(win => WithLast(win.LastAlert, new()
        {
            ["id"] = AlertItems.Text(win.Id),
            ["shard"] = AlertItems.Text(win.ShardId),
            ["sequence"] = AlertItems.Text(win.SequenceNumber.ToString()),
            ["key"] = AlertItems.Text(win.Key),
            ["held"] = AlertItems.Number(win.HeldBack),
        })));
        item["shards"] = List(_folded.Select(shard => new Dictionary<string, AttributeValue>
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

        var key = SlotKey(match.Key, match.ArrivalTime);
        if (_winsNow == MaxWinsPerBatch || (_slots.TryGetValue(key, out var slot) && match.ArrivalTime < slot.ClosedUntil))
        {
            return new CooldownVerdict(_slots.ContainsKey(key) ? key : OtherKey, null);
        }

        slot = Open(key, match.ArrivalTime);
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
            if (!_slots.TryGetValue(key, out var slot))
            {
                slot = Other();
            }

            slot.HeldBack += held;
        }

        // Events covered by the entry are not decided again.
        _ = _wins.RemoveAll(win => win.ShardId == shardId && entry.Covers(win.SequenceNumber, win.Id));
        _folded[shardId] = new Folded(entry.Index, entry.WrittenAt);
        IsChanged = true;
    }

    /// <summary>Returns the key to use for a key at a time: itself, or the shared key if there is no room.</summary>
    private string SlotKey(string key, DateTimeOffset time) =>
        _slots.ContainsKey(key) || KeyCount < MaxKeys || _slots.Any(slot => IsReplaceable(slot, time)) ? key : OtherKey;

    private int KeyCount => _slots.Count - (_slots.ContainsKey(OtherKey) ? 1 : 0);

    private static bool IsReplaceable(KeyValuePair<string, Slot> slot, DateTimeOffset time) => slot.Key != OtherKey && slot.Value.ClosedUntil <= time;

    private Slot Open(string key, DateTimeOffset time)
    {
        if (key == OtherKey)
        {
            return Other();
        }

        if (_slots.TryGetValue(key, out var slot))
        {
            return slot;
        }

        if (KeyCount == MaxKeys)
        {
            // The key that has been open for the longest time. Its number held back is reported with the others.
            var (replaced, old) = _slots.Where(slot => IsReplaceable(slot, time)).MinBy(slot => slot.Value.ClosedUntil);
            Other().HeldBack += old.HeldBack;
            _ = _slots.Remove(replaced);
        }

        slot = new Slot();
        _slots.Add(key, slot);
        return slot;
    }

    private Slot Other()
    {
        if (!_slots.TryGetValue(OtherKey, out var other))
        {
            other = new Slot();
            _slots.Add(OtherKey, other);
        }

        return other;
    }

    private static Dictionary<string, AttributeValue> WithLast(DateTimeOffset? last, Dictionary<string, AttributeValue> map)
    {
        if (last is { } time)
        {
            map.Add("last", AlertItems.Time(time));
        }

        return map;
    }

    private static AttributeValue List(IEnumerable<Dictionary<string, AttributeValue>> maps) =>
        new() { L = [.. maps.Select(map => new AttributeValue { M = map })], IsLSet = true };

    private sealed class Slot
    {
        public DateTimeOffset ClosedUntil { get; set; } = DateTimeOffset.UnixEpoch;

        public long HeldBack { get; set; }

        public DateTimeOffset? LastAlert { get; set; }
    }

    private readonly record struct Folded(long Index, DateTimeOffset At);
}
