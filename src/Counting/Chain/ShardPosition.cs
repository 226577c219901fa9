using System.Collections.Frozen;
using System.Globalization;
using Analytics.Streaming;

namespace Analytics.Counting.Chain;

/// <summary>Up to where a shard's user records are counted.</summary>
/// <remarks>
/// Usually that is a sequence number, with all of its user records. It is open where the sequence number may go on: when Lambda takes aggregates
/// apart, a batch may end within one, and a link that outgrows an item may be split there. Then the position knows which user records of it are counted.
/// </remarks>
internal sealed class ShardPosition
{
    private const char Separator = '|';

    private readonly FrozenDictionary<ulong, int>? _counted;

    private ShardPosition(string key, SequenceNumber? sequenceNumber, IReadOnlyDictionary<ulong, int>? counted)
    {
        Key = key;
        SequenceNumber = sequenceNumber;
        _counted = counted?.ToFrozenDictionary();
    }

    /// <summary>Before a shard's first record.</summary>
    public static ShardPosition Start { get; } = new("-", null, null);

    /// <summary>The position as a sort key: keys sort as positions come.</summary>
    public string Key { get; }

    /// <summary>The sequence number that was counted last; null at the start.</summary>
    public SequenceNumber? SequenceNumber { get; }

    /// <summary>Whether user records of <see cref="SequenceNumber"/> may follow.</summary>
    public bool IsOpen => _counted is not null;

    /// <summary>The user records of an open <see cref="SequenceNumber"/> that are counted: how many of each fingerprint.</summary>
    public IReadOnlyDictionary<ulong, int> Counted => _counted ?? FrozenDictionary<ulong, int>.Empty;

    /// <summary>All user records of a sequence number are counted.</summary>
    public static ShardPosition Closed(SequenceNumber sequenceNumber) => new(sequenceNumber.ToSortableString(), sequenceNumber, null);

    /// <summary>Some user records of a sequence number are counted.</summary>
    public static ShardPosition Open(SequenceNumber sequenceNumber, IReadOnlyDictionary<ulong, int> counted)
    {
        var total = counted.Values.Sum();
        return new(string.Create(CultureInfo.InvariantCulture, $"{sequenceNumber.ToSortableString()}{Separator}{total:D7}"), sequenceNumber, counted);
    }

    /// <summary>Reads <see cref="Key"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="counted">The counted user records of an open position; null where they are not known: then all of the sequence number count as counted.</param>
    /// <exception cref="FormatException">It is not the key of a position, or not of one with those user records.</exception>
    public static ShardPosition Parse(string key, IReadOnlyDictionary<ulong, int>? counted)
    {
        if (key == Start.Key)
        {
            return Start;
        }

        var separator = key.IndexOf(Separator, StringComparison.Ordinal);
        var sequenceNumber = Streaming.SequenceNumber.FromSortableString(separator < 0 ? key : key[..separator]);
        var position = separator >= 0 && counted is not null ? Open(sequenceNumber, counted) : new ShardPosition(key, sequenceNumber, null);
        return position.Key == key ? position : throw new FormatException($"'{key}' is not the position of {position.Key}");
    }

    /// <summary>Whether a record's user records are all counted.</summary>
    public bool Covers(SequenceNumber sequenceNumber) =>
        SequenceNumber is { } last && (sequenceNumber < last || (sequenceNumber == last && !IsOpen));

    /// <summary>Whether a user record of the open <see cref="SequenceNumber"/> is counted.</summary>
    /// <param name="fingerprint">Its fingerprint.</param>
    /// <param name="occurrence">The number of user records of the sequence number before it with the same fingerprint.</param>
    public bool HasCounted(ulong fingerprint, int occurrence) => Counted.TryGetValue(fingerprint, out var count) && occurrence < count;

    /// <inheritdoc/>
    public override string ToString() => Key;
}
