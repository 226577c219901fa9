using System.Security.Cryptography;
using System.Text;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Replicator;

/// <summary>
/// A record for the other stream: consecutive user records with the same partition key in the KPL aggregation format, each with its original bytes
/// and a tag with its origin. Readers that deaggregate such records need not know about replication
/// (https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md).
/// </summary>
internal sealed class ReplicaRecord
{
    /// <summary>The maximum size of a record's data and partition key together in bytes (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html).</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Size in bytes from which no further user record is added: a quarter of what a shard accepts per second.</summary>
    public const int FullBytes = 256 * 1024;

    // AggregatedRecord: 1 partition_key_table, 3 records. Record: 1 partition_key_index, 3 data, 4 tags. Tag: 1 key, 2 value. The low bits are the wire type.
    private const byte KeyTableTag = (1 << 3) | 2;
    private const byte RecordsTag = (3 << 3) | 2;
    private const byte KeyIndexTag = 1 << 3;
    private const byte DataTag = (3 << 3) | 2;
    private const byte TagsTag = (4 << 3) | 2;
    private const byte TagKeyTag = (1 << 3) | 2;
    private const byte TagValueTag = (2 << 3) | 2;

    private readonly MemoryStream _content = new();
    private readonly Dictionary<string, uint> _keys = new(StringComparer.Ordinal);
    private readonly int _maxContent;

    /// <summary>An empty record.</summary>
    /// <param name="partitionKey">The partition key of the copied Kinesis records, which this record gets as well.</param>
    /// <param name="first">The sequence number of the first copied record.</param>
    public ReplicaRecord(string partitionKey, SequenceNumber first)
    {
        PartitionKey = partitionKey;
        First = first;
        _maxContent = MaxBytes - Encoding.UTF8.GetByteCount(partitionKey) - MD5.HashSizeInBytes;
        _content.Write(Magic);
    }

    private static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    /// <summary>The partition key, the same as that of the originals.</summary>
    public string PartitionKey { get; }

    /// <summary>The lowest copied sequence number.</summary>
    public SequenceNumber First { get; }

    /// <summary>The number of user records.</summary>
    public int Count { get; private set; }

    /// <summary>The size of data and partition key in bytes, when complete.</summary>
    public int Size => MaxBytes - _maxContent + (int)_content.Length;

    /// <summary>Adds a user record. Returns false, without a change, if it does not fit.</summary>
    /// <param name="userKey">The partition key of the user record, which may differ in an aggregate.</param>
    /// <param name="data">The original bytes.</param>
    /// <param name="origin">The origin.</param>
    public bool TryAdd(string userKey, ReadOnlySpan<byte> data, RecordOrigin origin)
    {
        var length = _content.Length;
        if (Count > 0 && length + data.Length > FullBytes)
        {
            return false;
        }

        var isNewKey = !_keys.TryGetValue(userKey, out var keyIndex);
        if (isNewKey)
        {
            keyIndex = (uint)_keys.Count;
            WriteBytes(KeyTableTag, Encoding.UTF8.GetBytes(userKey));
        }

        var value = Encoding.ASCII.GetBytes(origin.ToString());
        var tagLength = FieldLength(RecordOrigin.TagKey.Length) + FieldLength(value.Length);
        var recordLength = 1 + VarintLength(keyIndex) + FieldLength(data.Length) + FieldLength(tagLength);
        _content.WriteByte(RecordsTag);
        WriteVarint((uint)recordLength);
        _content.WriteByte(KeyIndexTag);
        WriteVarint(keyIndex);
        WriteBytes(DataTag, data);
        _content.WriteByte(TagsTag);
        WriteVarint((uint)tagLength);
        WriteBytes(TagKeyTag, RecordOrigin.TagKey);
        WriteBytes(TagValueTag, value);
        if (_content.Length > _maxContent)
        {
            _content.SetLength(length);
            return false;
        }

        if (isNewKey)
        {
            _keys.Add(userKey, keyIndex);
        }

        Count++;
        return true;
    }

    /// <summary>Returns the record's data, including the checksum.</summary>
    public MemoryStream ToData()
    {
        var content = _content.GetBuffer().AsSpan(0, (int)_content.Length);
        var data = new byte[content.Length + MD5.HashSizeInBytes];
        content.CopyTo(data);

        // The format requires MD5, which protects only against accidental corruption.
#pragma warning disable CA5351
        MD5.HashData(content[Magic.Length..], data.AsSpan(content.Length));
#pragma warning restore CA5351
        return new MemoryStream(data);
    }

    private static int FieldLength(int length) => 1 + VarintLength((uint)length) + length;

    private static int VarintLength(uint value)
    {
        var length = 1;
        for (; value >= 0x80; value >>= 7)
        {
            length++;
        }

        return length;
    }

    private void WriteBytes(byte tag, ReadOnlySpan<byte> bytes)
    {
        _content.WriteByte(tag);
        WriteVarint((uint)bytes.Length);
        _content.Write(bytes);
    }

    private void WriteVarint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _content.WriteByte((byte)(value | 0x80));
        }

        _content.WriteByte((byte)value);
    }
}
