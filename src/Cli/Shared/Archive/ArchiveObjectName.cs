using System.Diagnostics.CodeAnalysis;
using Analytics.Streaming;

namespace Analytics.Cli.Shared.Archive;

/// <summary>
/// What an archive object's key says: <c>…/&lt;shardId&gt;-&lt;first sequence&gt;-&lt;last sequence&gt;.ndjson.gz</c>, with <c>.&lt;hash&gt;</c>
/// before the extension for a batch that was read with enhanced fan-out.
/// </summary>
/// <param name="Key">The whole key.</param>
/// <param name="ShardId">The shard of its records.</param>
/// <param name="First">The first record's sequence number.</param>
/// <param name="Last">The last record's.</param>
internal readonly record struct ArchiveObjectName(string Key, string ShardId, SequenceNumber First, SequenceNumber Last)
{
    private const string Extension = ".ndjson.gz";

    /// <summary>Reads a key; false when it is not an archive object's.</summary>
    public static bool TryParse(string key, [NotNullWhen(true)] out ArchiveObjectName? name)
    {
        name = null;
        var file = key[(key.LastIndexOf('/') + 1)..];
        if (!file.EndsWith(Extension, StringComparison.Ordinal))
        {
            return false;
        }

        file = file[..^Extension.Length];
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
}
