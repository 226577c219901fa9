using System.Security.Cryptography;

namespace Analytics.Cli.Shared.Sending;

/// <summary>
/// Packs user records into one Kinesis record as the Kinesis Producer Library does: magic, protobuf, MD5
/// (https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md).
/// </summary>
internal static class KplAggregate
{
    private static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    // AggregatedRecord: 1 partition_key_table, 3 records; Record: 1 partition_key_index, 3 data. The low bits are the wire type.
    private const byte PartitionKeyTableTag = (1 << 3) | 2;
    private const byte RecordsTag = (3 << 3) | 2;
    private const byte PartitionKeyIndexTag = 1 << 3;
    private const byte DataTag = (3 << 3) | 2;

    /// <summary>Packs user records that share a partition key.</summary>
    public static byte[] Pack(string partitionKey, IReadOnlyList<byte[]> userRecords) =>
        Pack([.. userRecords.Select(data => (partitionKey, (ReadOnlyMemory<byte>)data))]);

    /// <summary>Packs user records, each with its partition key.</summary>
    public static byte[] Pack(IReadOnlyList<(string PartitionKey, ReadOnlyMemory<byte> Data)> userRecords)
    {
        using var stream = new MemoryStream();
        stream.Write(Magic);
        var keys = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var (partitionKey, _) in userRecords)
        {
            if (keys.TryAdd(partitionKey, (uint)keys.Count))
            {
                WriteBytes(stream, PartitionKeyTableTag, System.Text.Encoding.UTF8.GetBytes(partitionKey));
            }
        }

        using var record = new MemoryStream();
        foreach (var (partitionKey, data) in userRecords)
        {
            record.SetLength(0);
            record.WriteByte(PartitionKeyIndexTag);
            WriteVarint(record, keys[partitionKey]);
            WriteBytes(record, DataTag, data.Span);
            WriteBytes(stream, RecordsTag, record.GetBuffer().AsSpan(0, (int)record.Length));
        }

        // The format asks for MD5; it guards against accidents only.
#pragma warning disable CA5351
        var digest = MD5.HashData(stream.GetBuffer().AsSpan(Magic.Length, (int)stream.Length - Magic.Length));
#pragma warning restore CA5351
        stream.Write(digest);
        return stream.ToArray();
    }

    private static void WriteBytes(MemoryStream stream, byte tag, ReadOnlySpan<byte> bytes)
    {
        stream.WriteByte(tag);
        WriteVarint(stream, (uint)bytes.Length);
        stream.Write(bytes);
    }

    private static void WriteVarint(MemoryStream stream, uint value)
    {
        while (value >= 0x80)
        {
            stream.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        stream.WriteByte((byte)value);
    }
}
