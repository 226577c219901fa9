using System.Buffers.Binary;
using System.Numerics;

namespace Analytics.Streaming;

/// <summary>
/// XXH64 as specified (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md): the same on every machine and in every
/// version, so that hashes can be stored and compared. It is not collision-resistant, so nothing may depend on different data having
/// different hashes.
/// </summary>
public static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;
    private const int Stripe = 32;

    /// <summary>Computes the hash of bytes.</summary>
    public static ulong Compute(ReadOnlySpan<byte> data, ulong seed = 0)
    {
        var hash = data.Length >= Stripe ? Stripes(data, seed) : seed + Prime5;
        hash += (ulong)data.Length;
        return Avalanche(Tail(hash, data[(data.Length / Stripe * Stripe)..]));
    }

    private static ulong Stripes(ReadOnlySpan<byte> data, ulong seed)
    {
        var a = unchecked(seed + Prime1 + Prime2);
        var b = unchecked(seed + Prime2);
        var c = seed;
        var d = unchecked(seed - Prime1);
        for (; data.Length >= Stripe; data = data[Stripe..])
        {
            a = Round(a, Lane(data));
            b = Round(b, Lane(data[8..]));
            c = Round(c, Lane(data[16..]));
            d = Round(d, Lane(data[24..]));
        }

        var hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
            + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        return Merge(Merge(Merge(Merge(hash, a), b), c), d);
    }

    private static ulong Tail(ulong hash, ReadOnlySpan<byte> rest)
    {
        for (; rest.Length >= 8; rest = rest[8..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, Lane(rest)), 27) * Prime1) + Prime4;
        }

        if (rest.Length >= 4)
        {
            hash ^= BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1;
            hash = (BitOperations.RotateLeft(hash, 23) * Prime2) + Prime3;
            rest = rest[4..];
        }

        foreach (var value in rest)
        {
            hash = BitOperations.RotateLeft(hash ^ (value * Prime5), 11) * Prime1;
        }

        return hash;
    }

    private static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong Lane(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt64LittleEndian(data);

    private static ulong Round(ulong accumulator, ulong lane) => BitOperations.RotateLeft(accumulator + (lane * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong accumulator) => ((hash ^ Round(0, accumulator)) * Prime1) + Prime4;
}
