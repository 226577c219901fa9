using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Analytics.Dashboard.State;

/// <summary>
/// A version of the page's document: JSON values by key. Immutable. It stores at which version each key last changed or was removed, so the
/// difference from any earlier version can be computed without storing the versions in between.
/// </summary>
internal sealed class DashboardState
{
    /// <summary>The maximum number of stored removals; a page that missed more receives the whole document.</summary>
    public const int MaxRemovals = 1_000;

    private readonly ImmutableSortedDictionary<string, Entry> _entries;
    private readonly ImmutableSortedDictionary<long, ImmutableArray<string>> _removals;
    private readonly long _forgotten;

    private DashboardState(
        long version, ImmutableSortedDictionary<string, Entry> entries, ImmutableSortedDictionary<long, ImmutableArray<string>> removals, long forgotten)
    {
        Version = version;
        _entries = entries;
        _removals = removals;
        _forgotten = forgotten;
    }

    /// <summary>The empty document, version 0.</summary>
    public static DashboardState Empty { get; } = new(
        0,
        ImmutableSortedDictionary.Create<string, Entry>(StringComparer.Ordinal),
        ImmutableSortedDictionary<long, ImmutableArray<string>>.Empty,
        forgotten: 0);

    /// <summary>The version, incremented with each change.</summary>
    public long Version { get; }

    /// <summary>Returns the document with the entries of a set of keys replaced.</summary>
    /// <param name="owned">Returns whether a key is in the set.</param>
    /// <param name="entries">The entries, JSON in UTF-8.</param>
    /// <returns>The new document, or this one if nothing changes.</returns>
    public DashboardState With(Func<string, bool> owned, IReadOnlyDictionary<string, byte[]> entries)
    {
        var version = Version + 1;
        var changed = entries
            .Where(entry => !_entries.TryGetValue(entry.Key, out var before) || !before.Json.AsSpan().SequenceEqual(entry.Value))
            .Select(entry => KeyValuePair.Create(entry.Key, new Entry(version, entry.Value)))
            .ToList();
        var removed = _entries.Keys.Where(key => owned(key) && !entries.ContainsKey(key)).ToImmutableArray();
        if (changed.Count == 0 && removed.IsEmpty)
        {
            return this;
        }

        var removals = removed.IsEmpty ? _removals : _removals.Add(version, removed);
        var forgotten = _forgotten;
        while (removals.Values.Sum(keys => keys.Length) > MaxRemovals)
        {
            forgotten = removals.Keys.First();
            removals = removals.Remove(forgotten);
        }

        return new DashboardState(version, _entries.RemoveRange(removed).SetItems(changed), removals, forgotten);
    }

    /// <summary>Returns whether <see cref="WriteSince"/> can compute the difference from a version.</summary>
    public bool Remembers(long version) => version >= _forgotten && version <= Version;

    /// <summary>Writes the difference from a version: <c>{"set":{key:value},"removed":[key]}</c>; from version 0 this is the whole document.</summary>
    public void WriteSince(long version, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("set"u8);
        foreach (var (key, entry) in _entries)
        {
            if (entry.Version > version)
            {
                json.WritePropertyName(key);
                json.WriteRawValue(entry.Json, skipInputValidation: true);
            }
        }

        json.WriteEndObject();
        json.WriteStartArray("removed"u8);
        foreach (var key in _removals.Where(removal => version > 0 && removal.Key > version).SelectMany(removal => removal.Value).Distinct(StringComparer.Ordinal))
        {
            if (!_entries.ContainsKey(key))
            {
                json.WriteStringValue(key);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private readonly record struct Entry(long Version, byte[] Json);
}
