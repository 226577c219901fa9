using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Analytics.Archiving;

namespace Analytics.Cli.Compact;

/// <summary>
/// Sums up distinct events: the exclusive or of 128 bits of SHA-256 over each event's identity and bytes. node/query/query.js computes the same
/// over Parquet files, so that two programs without shared code must agree before an archive object is deleted.
/// </summary>
internal sealed class EventFingerprint
{
    // Maps an event's hash to whether one of its lines had no occurrence.
    private readonly Dictionary<UInt128, bool> _events = [];
    private readonly Dictionary<string, SortedSet<int>> _unnumbered = [];

    /// <summary>Adds an event unless it was already added.</summary>
    public void Add(in HashedEvent hashed)
    {
        if (hashed.IsUnnumbered)
        {
            if (!_unnumbered.TryGetValue(hashed.Contents, out var positions))
            {
                _unnumbered.Add(hashed.Contents, positions = []);
            }

            positions.Add(hashed.SubSequenceNumber);
        }
        else
        {
            ref var hasLineWithout = ref CollectionsMarshal.GetValueRefOrAddDefault(_events, Hash(hashed.Contents, hashed.Occurrence), out _);
            hasLineWithout |= !hashed.HasOccurrence;
        }
    }

    /// <summary>Returns the number of distinct events and their sum in hexadecimal.</summary>
    public (long Count, string Sum) Finish()
    {
        var events = _events.Keys.ToHashSet();
        foreach (var (contents, positions) in _unnumbered)
        {
            var first = _events.GetValueOrDefault(Hash(contents, 0)) ? 1 : 0;
            events.UnionWith(Enumerable.Range(first, positions.Count).Select(occurrence => Hash(contents, occurrence)));
        }

        return (events.Count, events.Aggregate(UInt128.Zero, (sum, one) => sum ^ one).ToString("x32", CultureInfo.InvariantCulture));
    }

    private static UInt128 Hash(string contents, int occurrence) => BinaryPrimitives.ReadUInt128BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{contents}:{occurrence}"))));
}

/// <summary>An event to sum up.</summary>
/// <param name="Contents">SHA-256 of its sequence number, partition key and bytes, in hexadecimal.</param>
/// <param name="SubSequenceNumber">Its position in a whole aggregate.</param>
/// <param name="Occurrence">Its occurrence, 0 if its line has none.</param>
/// <param name="HasOccurrence">Whether its line has one.</param>
internal readonly record struct HashedEvent(string Contents, int SubSequenceNumber, int Occurrence, bool HasOccurrence)
{
    /// <summary>Whether its occurrence is determined by other lines, see <see cref="ArchivedOccurrences"/>.</summary>
    public bool IsUnnumbered => !HasOccurrence && SubSequenceNumber > 0;

    /// <summary>Hashes an entry.</summary>
    public static HashedEvent Create(in ArchiveEntry entry)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.PartitionKey)));
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha256.AppendData(Encoding.UTF8.GetBytes($"{entry.Key.ShardId}:{entry.Key.SequenceNumber}:{key}\n"));
        sha256.AppendData(entry.Data.Span);
        return new HashedEvent(Convert.ToHexStringLower(sha256.GetHashAndReset()), entry.SubSequenceNumber, entry.Key.Occurrence, entry.HasOccurrence);
    }
}
