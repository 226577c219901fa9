using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Analytics.Streaming;

namespace Analytics.Archiving;

/// <summary>
/// The parts of the key of an object with lines: <c>…/&lt;shardId&gt;-&lt;first sequence&gt;-&lt;last sequence&gt;.ndjson.gz</c>, with
/// <c>.&lt;hash&gt;</c> before the extension for a batch that was read with enhanced fan-out.
/// </summary>
/// <param name="Key">The whole key.</param>
/// <param name="ShardId">The shard of its records.</param>
/// <param name="First">The first record's sequence number.</param>
/// <param name="Last">The last record's sequence number.</param>
public readonly record struct ArchiveObjectName(string Key, string ShardId, SequenceNumber First, SequenceNumber Last)
{
    /// <summary>Parses a key. Returns false if it is not the key of an object with lines.</summary>
    public static bool TryParse(string key, [NotNullWhen(true)] out ArchiveObjectName? name)
    {
        ArgumentNullException.ThrowIfNull(key);
        name = null;
        if (!ArchiveKey.TryRemoveExtension(key[(key.LastIndexOf('/') + 1)..], out var file))
        {
            return false;
        }

        file = file.LastIndexOf('.') is > 0 and var hash ? file[..hash] : file;
        var last = file.LastIndexOf('-');
        var first = last > 0 ? file.LastIndexOf('-', last - 1) : -1;
        if (first <= 0
            || !SequenceNumber.TryParse(file[(first + 1)..last], out var firstNumber)
            || !SequenceNumber.TryParse(file[(last + 1)..], out var lastNumber))
        {
            return false;
        }

        name = new ArchiveObjectName(key, file[..first], firstNumber, lastNumber);
        return true;
    }

    /// <summary>Returns the key of an object.</summary>
    /// <param name="kind">The kind of records.</param>
    /// <param name="hour">The hour of arrival, UTC.</param>
    /// <param name="shardId">The shard of its records.</param>
    /// <param name="first">The first record's sequence number.</param>
    /// <param name="last">The last record's sequence number.</param>
    /// <param name="contentHash">A hash of the records, where several objects may have the same sequence numbers; empty otherwise.</param>
    public static string CreateKey(
        ArchiveKind kind, DateTime hour, string shardId, SequenceNumber first, SequenceNumber last, ReadOnlySpan<byte> contentHash) => ArchiveKey.Create(
            kind,
            hour,
            string.Create(CultureInfo.InvariantCulture, $"{shardId}-{first}-{last}{(contentHash.IsEmpty ? "" : ".")}{Convert.ToHexStringLower(contentHash)}"));

    /// <summary>Returns the prefix of the keys of a shard's objects in an hour of arrival, UTC.</summary>
    public static string ShardPrefix(ArchiveKind kind, DateTime hour, string shardId) => $"{ArchiveKey.HourPrefix(kind, hour)}{shardId}-";
}
