using System.Text;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Replicator;

/// <summary>
/// One record for the other stream: consecutive user records of one partition key in the KPL's aggregation format, each with its bytes as
/// they were put and a tag that says where that was. Readers that take such records apart need to know nothing of replication.
/// </summary>
internal sealed class ReplicaRecord
{
    /// <summary>The most bytes of a record's data and partition key together (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html).</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Bytes from which on a record takes no further user record: a fourth of what a shard takes in a second.</summary>
    public const int FullBytes = 256 * 1024;

    private readonly AggregateWriter _content;
    private readonly int _keyBytes;

    /// <summary>An empty record.</summary>
    /// <param name="partitionKey">The partition key of the Kinesis records that it copies, and its own.</param>
    /// <param name="first">The sequence number of the first of them.</param>
    public ReplicaRecord(string partitionKey, SequenceNumber first)
    {
        PartitionKey = partitionKey;
        First = first;
        _keyBytes = Encoding.UTF8.GetByteCount(partitionKey);
        _content = new AggregateWriter(MaxBytes - _keyBytes);
    }

    /// <summary>The partition key, as the original's.</summary>
    public string PartitionKey { get; }

    /// <summary>The lowest sequence number that it copies.</summary>
    public SequenceNumber First { get; }

    /// <summary>The user records in it.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of data and partition key, when complete.</summary>
    public int Size => _keyBytes + _content.Length;

    /// <summary>Adds a user record; false, and nothing changed, when there is no room for it.</summary>
    /// <param name="userKey">Its own partition key, which an aggregate of the original may have given it.</param>
    /// <param name="data">Its bytes as put.</param>
    /// <param name="origin">Where it was put.</param>
    public bool TryAdd(string userKey, ReadOnlySpan<byte> data, RecordOrigin origin)
    {
        if ((Count > 0 && _content.Length + data.Length > FullBytes) || !_content.TryAdd(userKey, data, origin))
        {
            return false;
        }

        Count++;
        return true;
    }

    /// <summary>The record's data, checksum and all.</summary>
    public MemoryStream ToData() => new(_content.ToArray());
}
