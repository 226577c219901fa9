using System.Runtime.InteropServices;
using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>
/// A hash of a user record's partition key and bytes: the same whether the record arrived in an aggregate or deaggregated by Lambda.
/// Fingerprints are stored, so the algorithm must not change: XXH64 of the bytes as the producer sent them, seeded with the XXH64 of the
/// partition key in UTF-16LE.
/// </summary>
public static class RecordFingerprint
{
    /// <summary>Computes the fingerprint of a user record.</summary>
    public static ulong Compute(in StreamRecord record, in UserRecord user) => Compute(user.PartitionKey ?? record.PartitionKey, user.Data.Span);

    /// <summary>Computes the fingerprint of a partition key and bytes.</summary>
    public static ulong Compute(string partitionKey, ReadOnlySpan<byte> data) =>
        XxHash64.Compute(data, XxHash64.Compute(MemoryMarshal.AsBytes(partitionKey.AsSpan())));
}
