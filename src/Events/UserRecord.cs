using System.Diagnostics.CodeAnalysis;

namespace Analytics.Events;

/// <summary>
/// A user record, as put by a producer. A Kinesis record contains one, or several if the KPL aggregated them.
/// It is either an event or malformed.
/// </summary>
public struct UserRecord
{
    private Event _event;

    /// <summary>The position among the user records of its Kinesis record; 0 without aggregation.</summary>
    public int SubSequenceNumber { readonly get; private set; }

    /// <summary>The partition key in the KPL aggregate, or null without aggregation, when that of the Kinesis record applies.</summary>
    public string? PartitionKey { readonly get; private set; }

    /// <summary>The origin, if the record was copied from another stream; otherwise null.</summary>
    public RecordOrigin? Origin { readonly get; internal set; }

    /// <summary>The bytes as put by the producer (before decompression).</summary>
    public ReadOnlyMemory<byte> Data { readonly get; private set; }

    /// <summary>Whether it is an event. Otherwise <see cref="Malformed"/> has the reason.</summary>
    public bool IsEvent { readonly get; private set; }

    /// <summary>The event; valid only if <see cref="IsEvent"/>. Returned by reference because an event has about 200 bytes of slices.</summary>
    [UnscopedRef]
    public readonly ref readonly Event Event => ref _event;

    /// <summary>The reason why it is malformed; valid only if not <see cref="IsEvent"/>.</summary>
    public Malformed Malformed { readonly get; private set; }

    /// <summary>Decodes JSON into this user record. In place, because copying an event costs a significant part of decoding it.</summary>
    internal void Read(int subSequenceNumber, string? partitionKey, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> json, EventLimits limits)
    {
        SubSequenceNumber = subSequenceNumber;
        PartitionKey = partitionKey;
        Data = data;
        IsEvent = _event.TryRead(json, limits, out var malformed);
        Malformed = malformed;
    }

    /// <summary>Sets this to a malformed user record.</summary>
    internal void Refuse(int subSequenceNumber, string? partitionKey, ReadOnlyMemory<byte> data, MalformedReason reason)
    {
        SubSequenceNumber = subSequenceNumber;
        PartitionKey = partitionKey;
        Data = data;
        IsEvent = false;
        Malformed = new Malformed(reason);
    }
}
