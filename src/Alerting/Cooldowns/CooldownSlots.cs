using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Storage;

namespace Analytics.Alerting.Cooldowns;

/// <summary>The keys of a rule with their cooldowns. A key can be replaced when its cooldown has ended.</summary>
internal sealed class CooldownSlots
{
    /// <summary>
    /// The maximum number of distinct keys; all others share <see cref="OtherKey"/>. Keys come from producers: without a limit, each
    /// new one would send an e-mail immediately, and the item would become too large for cheap conditional writes.
    /// </summary>
    public const int MaxKeys = 50;

    /// <summary>The common key of all keys beyond <see cref="MaxKeys"/>. No producer can send it: see <see cref="CooldownKey"/>.</summary>
    public const string OtherKey = "(other)";

    private readonly Dictionary<string, CooldownSlot> _slots = new(StringComparer.Ordinal);

    /// <summary>The keys and their cooldowns.</summary>
    public IEnumerable<KeyValuePair<string, CooldownSlot>> Keys => _slots;

    private int KeyCount => _slots.Count - (_slots.ContainsKey(OtherKey) ? 1 : 0);

    /// <summary>Parses the output of <see cref="ToAttribute"/>.</summary>
    public static CooldownSlots Read(AttributeValue list)
    {
        var slots = new CooldownSlots();
        foreach (var slot in AlertItems.Maps(list))
        {
            slots._slots.Add(slot["key"].S, new CooldownSlot
            {
                ClosedUntil = AlertItems.Time(slot["until"]),
                HeldBack = AlertItems.Number(slot["held"]),
                LastAlert = AlertItems.OptionalTime(slot, "last"),
            });
        }

        return slots;
    }

    /// <summary>Returns the keys as an attribute.</summary>
    public AttributeValue ToAttribute() => AlertItems.List(_slots.Select(slot => AlertItems.WithOptionalTime(
        new()
        {
            ["key"] = AlertItems.Text(slot.Key),
            ["until"] = AlertItems.Time(slot.Value.ClosedUntil),
            ["held"] = AlertItems.Number(slot.Value.HeldBack),
        },
        "last",
        slot.Value.LastAlert)));

    /// <summary>Returns whether a key has a cooldown, ended or not.</summary>
    public bool Contains(string key) => _slots.ContainsKey(key);

    /// <summary>Returns the key under which a key is counted at a time: itself, or <see cref="OtherKey"/> if there is no free slot.</summary>
    public string KeyFor(string key, DateTimeOffset time) =>
        _slots.ContainsKey(key) || KeyCount < MaxKeys || _slots.Any(slot => IsReplaceable(slot, time)) ? key : OtherKey;

    /// <summary>Returns whether a key's cooldown has not ended.</summary>
    public bool IsClosed(string key, DateTimeOffset time) => _slots.TryGetValue(key, out var slot) && time < slot.ClosedUntil;

    /// <summary>Returns the cooldown of a key returned by <see cref="KeyFor"/>. A new key replaces another one if necessary.</summary>
    public CooldownSlot Open(string key, DateTimeOffset time)
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
            // The key whose cooldown ended first. Its held-back alerts are reported with those of the other keys.
            var (replaced, old) = _slots.Where(slot => IsReplaceable(slot, time)).MinBy(slot => slot.Value.ClosedUntil);
            Other().HeldBack += old.HeldBack;
            _ = _slots.Remove(replaced);
        }

        slot = new CooldownSlot();
        _slots.Add(key, slot);
        return slot;
    }

    /// <summary>Counts held-back alerts of a key, under <see cref="OtherKey"/> if the key was replaced.</summary>
    public void Hold(string key, long count) => (_slots.GetValueOrDefault(key) ?? Other()).HeldBack += count;

    private static bool IsReplaceable(KeyValuePair<string, CooldownSlot> slot, DateTimeOffset time) =>
        slot.Key != OtherKey && slot.Value.ClosedUntil <= time;

    private CooldownSlot Other()
    {
        if (!_slots.TryGetValue(OtherKey, out var other))
        {
            other = new CooldownSlot();
            _slots.Add(OtherKey, other);
        }

        return other;
    }
}
