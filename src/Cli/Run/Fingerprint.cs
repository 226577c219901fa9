using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Analytics.Cli.Run;

/// <summary>128 bits of SHA-256, stored in place of bytes that are only compared.</summary>
internal static class Fingerprint
{
    public static UInt128 Compute(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
