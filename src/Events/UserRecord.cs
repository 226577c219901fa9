using System.Diagnostics.CodeAnalysis;

namespace Analytics.Events;

/// <summary>
/// One user record: what a producer put. A Kinesis record holds one, or several when the KPL aggregated them.
/// It is either an event or malformed.
/// </summary>
public struct UserRecord
{
    private Event _event;

    /// <summary>Its position among the user records of its Kinesis record; 0 when it came alone.</summary>
    public int SubSequenceNumber { readonly get; private set; }

    /// <summary>The partition key that the KPL carried for it, or null when it came alone and the Kinesis record's own holds.</summary>
    public string? PartitionKey { readonly get; private set; }

    /// <summary>Where it was first put, when it has been copied here from another stream; otherwise null.</summary>
    public RecordOrigin? Origin { readonly get; internal set; }

    /// <summary>The bytes as put by the producer (before decompression).</summary>
    public ReadOnlyMemory<byte> Data { readonly get; private set; }

    /// <summary>Whether it is an event. Otherwise <see cref="Malformed"/> says why not.</summary>
    public bool IsEvent { readonly get; private set; }

    /// <summary>The event; only when <see cref="IsEvent"/>. By reference, as an event is some 200 bytes of slices.</summary>
    [UnscopedRef]
    public readonly ref readonly Event Event => ref _event;

    /// <summary>Why it is not an event; only when not <see cref="IsEvent"/>.</summary>
    public Malformed Malformed { readonly get; private set; }

    /// <summary>Makes this the user record with that JSON. In place, as copying an event costs a good part of reading it.</summary>
    internal void Read(int subSequenceNumber, string? partitionKey, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> json, EventLimits limits)
    {
        SubSequenceNumber = subSequenceNumber;
        PartitionKey = partitionKey;
        Data = data;
        IsEvent = _event.TryRead(json, limits, out var malformed);
        Malformed = malformed;
    }

    /// <summary>Makes this a malformed user record.</summary>
    internal void Refuse(int subSequenceNumber, string? partitionKey, ReadOnlyMemory<byte> data, MalformedReason reason)
    {
        SubSequenceNumber = subSequenceNumber;
        PartitionKey = partitionKey;
        Data = data;
        IsEvent = false;
        Malformed = new Malformed(reason);
    }
}
