using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Analytics.Counting.Folding;

/// <summary>
/// Compares texts in UTF-8, so that a known text is found without allocating an array. Hashes are seeded per process: producers
/// choose the texts and must not be able to cause collisions.
/// </summary>
internal sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = string.GetHashCode(MemoryMarshal.Cast<byte, char>(alternate));
        return (alternate.Length & 1) == 0 ? hash : (hash * 31) + alternate[^1] + 1;
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
