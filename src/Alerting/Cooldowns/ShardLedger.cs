using System.Runtime.CompilerServices;
using Analytics.Alerting.Storage;
using Analytics.Streaming;

namespace Analytics.Alerting.Cooldowns;

/// <summary>
/// The part of a shard's ledger that a batch needs: the last entry, and those that cover parts of the batch. An entry is written on condition that its index is
/// free, by a writer that has read all preceding entries, so that of two writers that decide about the same events one fails and reads again.
/// </summary>
internal sealed class ShardLedger
{
    private readonly LedgerEntry? _last;
    private readonly List<LedgerEntry> _overlapping;

    private ShardLedger(string shardId, LedgerEntry? last, List<LedgerEntry> overlapping)
    {
        ShardId = shardId;
        _last = last;
        _overlapping = overlapping;
    }

    /// <summary>The shard.</summary>
    public string ShardId { get; }

    /// <summary>The time when the last entry was written, or null if there is none.</summary>
    public DateTimeOffset? LastWrittenAt => _last?.WrittenAt;

    /// <summary>The index of the last entry, or 0 if there is none.</summary>
    public long LastIndex => _last?.Index ?? 0;

    /// <summary>Reads the entries relevant to events from a sequence number on.</summary>
    public static async Task<ShardLedger> ReadAsync(IAlertTable table, string shardId, SequenceNumber from, CancellationToken cancellationToken)
    {
        LedgerEntry? last = null;
        var overlapping = new List<LedgerEntry>();
        await foreach (var item in table.QueryAsync(AlertItems.LedgerPartition(shardId), "", descending: true, cancellationToken).ConfigureAwait(false))
        {
            var entry = LedgerEntry.Read(item);
            last ??= entry;
            if (entry.Highest < from)
            {
                break;
            }

            overlapping.Add(entry);
        }

        return new ShardLedger(shardId, last, overlapping);
    }

    /// <summary>Reads the entries after an index that have not expired.</summary>
    public static async IAsyncEnumerable<LedgerEntry> ReadAfterAsync(
        IAlertTable table,
        string shardId,
        long index,
        DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = table.QueryAsync(AlertItems.LedgerPartition(shardId), LedgerEntry.SortKey(index), descending: false, cancellationToken);
        await foreach (var item in items.ConfigureAwait(false))
        {
            if (!AlertItems.IsExpired(item, now))
            {
                yield return LedgerEntry.Read(item);
            }
        }
    }

    /// <summary>Returns whether an event is decided.</summary>
    public bool Covers(SequenceNumber sequenceNumber, string id) => _overlapping.Exists(entry => entry.Covers(sequenceNumber, id));

    /// <summary>Creates the entry after the last one.</summary>
    public LedgerEntry Next(
        SequenceNumber first,
        SequenceNumber last,
        IReadOnlySet<string>? atEdges,
        IReadOnlyDictionary<string, Dictionary<string, long>> heldBack,
        DateTimeOffset now) => new()
        {
            Index = LastIndex + 1,
            First = first,
            Last = last,
            Highest = _last is { } before && before.Highest > last ? before.Highest : last,
            AtEdges = atEdges,
            HeldBack = heldBack,
            WrittenAt = _last is { } entry && entry.WrittenAt > now ? entry.WrittenAt : now,
        };
}
