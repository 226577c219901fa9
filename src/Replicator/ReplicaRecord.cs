using System.Text;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Replicator;

/// <summary>
/// A record for the other stream: consecutive user records with the same partition key in the KPL aggregation format, each with its original bytes
/// and a tag with its origin. Readers that deaggregate such records need not know about replication.
/// </summary>
internal sealed class ReplicaRecord
{
    /// <summary>The maximum size of a record's data and partition key together in bytes (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html).</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Size in bytes from which no further user record is added: a quarter of what a shard accepts per second.</summary>
    public const int FullBytes = 256 * 1024;

    private readonly AggregateWriter _content;
    private readonly int _keyBytes;

    /// <summary>An empty record.</summary>
    /// <param name="partitionKey">The partition key of the copied Kinesis records, which this record gets as well.</param>
    /// <param name="first">The sequence number of the first copied record.</param>
    public ReplicaRecord(string partitionKey, SequenceNumber first)
    {
        PartitionKey = partitionKey;
        First = first;
        _keyBytes = Encoding.UTF8.GetByteCount(partitionKey);
        _content = new AggregateWriter(MaxBytes - _keyBytes);
    }

    /// <summary>The partition key, the same as that of the originals.</summary>
    public string PartitionKey { get; }

    /// <summary>The lowest copied sequence number.</summary>
    public SequenceNumber First { get; }

    /// <summary>The number of user records.</summary>
    public int Count { get; private set; }

    /// <summary>The size of data and partition key in bytes, when complete.</summary>
    public int Size => _keyBytes + _content.Length;

    /// <summary>Adds a user record. Returns false, without a change, if it does not fit.</summary>
    /// <param name="userKey">The partition key of the user record, which may differ in an aggregate.</param>
    /// <param name="data">The original bytes.</param>
    /// <param name="origin">The origin.</param>
    public bool TryAdd(string userKey, ReadOnlySpan<byte> data, RecordOrigin origin)
    {
        if ((Count > 0 && _content.Length + data.Length > FullBytes) || !_content.TryAdd(userKey, data, origin))
        {
            return false;
        }

        Count++;
        return true;
    }

    /// <summary>Returns the record's data, including the checksum.</summary>
    public MemoryStream ToData() => new(_content.ToArray());
}
