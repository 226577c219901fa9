using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Analytics.Local.Mapping;

/// <summary>The hash key range of a shard.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
internal readonly record struct HashKeyRange(UInt128 First, UInt128 Last)
{
    /// <summary>All hash keys.</summary>
    public static HashKeyRange All { get; } = new(UInt128.MinValue, UInt128.MaxValue);

    /// <summary>Parses the decimals in a shard's description.</summary>
    public static HashKeyRange Parse(string first, string last) =>
        new(UInt128.Parse(first, CultureInfo.InvariantCulture), UInt128.Parse(last, CultureInfo.InvariantCulture));

    /// <summary>Returns whether a record with a partition key belongs to the shard.</summary>
    /// <param name="partitionKey">The partition key.</param>
    /// <param name="explicitHashKey">The explicit hash key, a decimal, or null.</param>
    public bool Contains(string partitionKey, string? explicitHashKey)
    {
        if (!UInt128.TryParse(explicitHashKey, NumberStyles.None, CultureInfo.InvariantCulture, out var hashKey))
        {
            Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];

            // Kinesis assigns shards by MD5.
#pragma warning disable CA5351
            MD5.HashData(Encoding.UTF8.GetBytes(partitionKey), hash);
#pragma warning restore CA5351
            hashKey = BinaryPrimitives.ReadUInt128BigEndian(hash);
        }

        return hashKey >= First && hashKey <= Last;
    }
}
