using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Storage;
using Analytics.Streaming;

namespace Analytics.Alerting.Cooldowns;

/// <summary>
/// A range of a shard whose events are decided: each is an alert that was sent, or held back and counted here. A batch is a contiguous range, so the first and
/// last sequence number determine its events. Only in batches of a consumer may a sequence number at the edge continue in another batch; then the events
/// there are listed.
/// </summary>
internal sealed record LedgerEntry
{
    /// <summary>The index in the ledger, from 1.</summary>
    public required long Index { get; init; }

    /// <summary>The lowest sequence number.</summary>
    public required SequenceNumber First { get; init; }

    /// <summary>The highest sequence number.</summary>
    public required SequenceNumber Last { get; init; }

    /// <summary>The highest sequence number of this and all preceding entries.</summary>
    public required SequenceNumber Highest { get; init; }

    /// <summary>The decided events that share their sequence number with <see cref="First"/> or <see cref="Last"/>, or null if all events with these numbers are decided.</summary>
    public IReadOnlySet<string>? AtEdges { get; init; }

    /// <summary>The number of events held back, by rule and key.</summary>
    public required IReadOnlyDictionary<string, Dictionary<string, long>> HeldBack { get; init; }

    /// <summary>The time of the write; not before that of the previous entry.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Returns the sort key of an entry.</summary>
    public static string SortKey(long index) => index.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>Returns whether an event is decided.</summary>
    public bool Covers(SequenceNumber sequenceNumber, string id) =>
        sequenceNumber >= First && sequenceNumber <= Last
        && (AtEdges is null || (sequenceNumber != First && sequenceNumber != Last) || AtEdges.Contains(id));

    /// <summary>Returns the item to store.</summary>
    public Dictionary<string, AttributeValue> ToItem(string shardId)
    {
        var item = AlertItems.Key(AlertItems.LedgerPartition(shardId), SortKey(Index));
        item["first"] = AlertItems.Text(First.ToString());
        item["last"] = AlertItems.Text(Last.ToString());
        item["highest"] = AlertItems.Text(Highest.ToString());
        item["at"] = AlertItems.Time(WrittenAt);
        item["held"] = new AttributeValue
        {
            IsLSet = true,
            L =
            [
                .. HeldBack.SelectMany(rule => rule.Value.Select(key => new AttributeValue
                {
                    M = new() { ["rule"] = AlertItems.Text(rule.Key), ["key"] = AlertItems.Text(key.Key), ["count"] = AlertItems.Number(key.Value) },
                })),
            ],
        };
        if (AtEdges is { } edges)
        {
            item["edges"] = new AttributeValue { IsLSet = true, L = [.. edges.Select(AlertItems.Text)] };
        }

        AlertItems.Expire(item, WrittenAt);
        return item;
    }

    /// <summary>Reads a stored item.</summary>
    public static LedgerEntry Read(Dictionary<string, AttributeValue> item)
    {
        var held = new Dictionary<string, Dictionary<string, long>>(StringComparer.Ordinal);
        foreach (var one in AlertItems.Maps(item["held"]))
        {
            if (!held.TryGetValue(one["rule"].S, out var keys))
            {
                held.Add(one["rule"].S, keys = new Dictionary<string, long>(StringComparer.Ordinal));
            }

            keys.Add(one["key"].S, AlertItems.Number(one["count"]));
        }

        return new LedgerEntry
        {
            Index = long.Parse(item[AlertItems.Sort].S, NumberStyles.None, CultureInfo.InvariantCulture),
            First = SequenceNumber.Parse(item["first"].S),
            Last = SequenceNumber.Parse(item["last"].S),
            Highest = SequenceNumber.Parse(item["highest"].S),
            AtEdges = item.TryGetValue("edges", out var edges) ? (edges.L ?? []).Select(value => value.S).ToHashSet(StringComparer.Ordinal) : null,
            HeldBack = held,
            WrittenAt = AlertItems.Time(item["at"]),
        };
    }
}
