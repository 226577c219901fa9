using System.Security.Cryptography;
using System.Text;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Replicator;

/// <summary>
/// One record for the other stream: consecutive user records of one partition key in the KPL's aggregation format, each with its bytes as
/// they were put and a tag that says where that was. Readers that take such records apart need to know nothing of replication
/// (https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md).
/// </summary>
internal sealed class ReplicaRecord
{
    /// <summary>The most bytes of a record's data and partition key together (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html).</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Bytes from which on a record takes no further user record: a fourth of what a shard takes in a second.</summary>
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
    /// <param name="partitionKey">The partition key of the Kinesis records that it copies, and its own.</param>
    /// <param name="first">The sequence number of the first of them.</param>
    public ReplicaRecord(string partitionKey, SequenceNumber first)
    {
        PartitionKey = partitionKey;
        First = first;
        _maxContent = MaxBytes - Encoding.UTF8.GetByteCount(partitionKey) - MD5.HashSizeInBytes;
        _content.Write(Magic);
    }

    private static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    /// <summary>The partition key, as the original's.</summary>
    public string PartitionKey { get; }

    /// <summary>The lowest sequence number that it copies.</summary>
    public SequenceNumber First { get; }

    /// <summary>The user records in it.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of data and partition key, when complete.</summary>
    public int Size => MaxBytes - _maxContent + (int)_content.Length;

    /// <summary>Adds a user record; false, and nothing changed, when there is no room for it.</summary>
    /// <param name="userKey">Its own partition key, which an aggregate of the original may have given it.</param>
    /// <param name="data">Its bytes as put.</param>
    /// <param name="origin">Where it was put.</param>
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

    /// <summary>The record's data, checksum and all.</summary>
    public MemoryStream ToData()
    {
        var content = _content.GetBuffer().AsSpan(0, (int)_content.Length);
        var data = new byte[content.Length + MD5.HashSizeInBytes];
        content.CopyTo(data);

        // The format asks for MD5; it guards against accidents only.
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
