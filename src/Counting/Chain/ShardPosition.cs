using System.Collections.Frozen;
using System.Globalization;
using Analytics.Streaming;

namespace Analytics.Counting.Chain;

/// <summary>The position up to which a shard's user records are counted.</summary>
/// <remarks>
/// Usually this is a sequence number with all of its user records. A position is open if more user records of the sequence number may follow: when Lambda deaggregates
/// records, a batch may end within an aggregate, and a link that is too large for an item may be split there. Then the position lists the counted user records.
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

    /// <summary>The position as a sort key; keys sort in the order of positions.</summary>
    public string Key { get; }

    /// <summary>The last counted sequence number, or null at the start.</summary>
    public SequenceNumber? SequenceNumber { get; }

    /// <summary>Whether user records of <see cref="SequenceNumber"/> may follow.</summary>
    public bool IsOpen => _counted is not null;

    /// <summary>The counted user records of an open <see cref="SequenceNumber"/>: their number by fingerprint.</summary>
    public IReadOnlyDictionary<ulong, int> Counted => _counted ?? FrozenDictionary<ulong, int>.Empty;

    /// <summary>Creates a position after all user records of a sequence number.</summary>
    public static ShardPosition Closed(SequenceNumber sequenceNumber) => new(sequenceNumber.ToSortableString(), sequenceNumber, null);

    /// <summary>Creates a position after some user records of a sequence number.</summary>
    public static ShardPosition Open(SequenceNumber sequenceNumber, IReadOnlyDictionary<ulong, int> counted)
    {
        var total = counted.Values.Sum();
        return new(string.Create(CultureInfo.InvariantCulture, $"{sequenceNumber.ToSortableString()}{Separator}{total:D7}"), sequenceNumber, counted);
    }

    /// <summary>Creates the position after another one in a chain whose positions are numbered from 1, such as that of corrections.</summary>
    /// <param name="key">The key of the other position, which may be <see cref="Start"/>.</param>
    /// <exception cref="FormatException">The text is not the key of such a position.</exception>
    public static ShardPosition Following(string key)
    {
        var number = key == Start.Key
            ? 1
            : long.Parse(Streaming.SequenceNumber.FromSortableString(key).ToString(), CultureInfo.InvariantCulture) + 1;
        return Closed(Streaming.SequenceNumber.Parse(number.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Parses a <see cref="Key"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="counted">The counted user records of an open position, or null if they are unknown: then all user records of the sequence number are treated as counted.</param>
    /// <exception cref="FormatException">The text is not the key of a position, or not of one with those user records.</exception>
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

    /// <summary>Returns whether all user records of a record are counted.</summary>
    public bool Covers(SequenceNumber sequenceNumber) =>
        SequenceNumber is { } last && (sequenceNumber < last || (sequenceNumber == last && !IsOpen));

    /// <summary>Returns whether a user record of the open <see cref="SequenceNumber"/> is counted.</summary>
    /// <param name="fingerprint">The fingerprint.</param>
    /// <param name="occurrence">The number of preceding user records of the sequence number with the same fingerprint.</param>
    public bool HasCounted(ulong fingerprint, int occurrence) => Counted.TryGetValue(fingerprint, out var count) && occurrence < count;

    /// <inheritdoc/>
    public override string ToString() => Key;
}
