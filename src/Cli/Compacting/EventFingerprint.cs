using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Analytics.Cli.Archiving;

namespace Analytics.Cli.Compacting;

/// <summary>
/// Adds up events, each once: the exclusive or of 128 bits of SHA-256 over each event's place and bytes. query/query.js computes the same
/// over Parquet, so that two programs which share no code have to agree before an archive object may go.
/// </summary>
internal sealed class EventFingerprint
{
    private readonly HashSet<UInt128> _events = [];
    private UInt128 _sum;

    /// <summary>How many different events.</summary>
    public long Count => _events.Count;

    /// <summary>The sum in hexadecimal.</summary>
    public string Sum => _sum.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Adds an event by its hash, unless it was added before.</summary>
    public void Add(UInt128 hash)
    {
        if (_events.Add(hash))
        {
            _sum ^= hash;
        }
    }

    /// <summary>Hashes an event's place and bytes.</summary>
    public static UInt128 HashOf(in ArchiveEntry entry)
    {
        var (shardId, sequenceNumber, sub) = entry.Key;
        var place = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{shardId}:{sequenceNumber}:{sub}\n"));
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha256.AppendData(place);
        sha256.AppendData(entry.Data.Span);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        sha256.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
