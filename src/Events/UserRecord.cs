using System.Diagnostics.CodeAnalysis;

namespace Analytics.Events;

/// <summary>
/// One user record: what a producer put. A Kinesis record holds one, or several when the KPL aggregated them.
/// It is either an event or malformed.
/// </summary>
public readonly struct UserRecord
{
    private readonly Event _event;

    internal UserRecord(int subSequenceNumber, string? partitionKey, ReadOnlyMemory<byte> data, in Event @event)
    {
        SubSequenceNumber = subSequenceNumber;
        PartitionKey = partitionKey;
        Data = data;
        IsEvent = true;
        _event = @event;
    }

    internal UserRecord(int subSequenceNumber, string? partitionKey, ReadOnlyMemory<byte> data, Malformed malformed)
    {
        SubSequenceNumber = subSequenceNumber;
        PartitionKey = partitionKey;
        Data = data;
        Malformed = malformed;
    }

    /// <summary>Its position among the user records of its Kinesis record; 0 when it came alone.</summary>
    public int SubSequenceNumber { get; }

    /// <summary>The partition key that the KPL carried for it, or null when it came alone and the Kinesis record's own holds.</summary>
    public string? PartitionKey { get; }

    /// <summary>The bytes as put by the producer (before decompression).</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Whether it is an event. Otherwise <see cref="Malformed"/> says why not.</summary>
    public bool IsEvent { get; }

    /// <summary>The event; only when <see cref="IsEvent"/>. By reference, as an event is some 200 bytes of slices.</summary>
    [UnscopedRef]
    public ref readonly Event Event => ref _event;

    /// <summary>Why it is not an event; only when not <see cref="IsEvent"/>.</summary>
    public Malformed Malformed { get; }
}
