using Amazon.Lambda.KinesisEvents;

namespace Analytics.Streaming;

/// <summary>The records of an invocation, and the number of valid ones before the first invalid one.</summary>
internal sealed class Batch
{
    private readonly IList<KinesisEvent.KinesisEventRecord> _records;

    public Batch(IList<KinesisEvent.KinesisEventRecord> records)
    {
        _records = records;
        if (records.Count == 0)
        {
            ShardId = StreamArn = "";
            return;
        }

        ShardId = GetShard(records[0]).ToString();
        var source = records[0]?.EventSourceARN ?? "";
        StreamArn = EventSourceArn.GetStream(source);
        IsFromConsumer = StreamArn.Length < source.Length;
        var isMixed = !IsOfShard(records[^1]);
        while (ValidPrefixLength < records.Count && RejectionReason is null)
        {
            RejectionReason = GetRejectionReason(records[ValidPrefixLength], isMixed);
            ValidPrefixLength += RejectionReason is null ? 1 : 0;
        }
    }

    public int Count => _records.Count;

    /// <summary>The number of records before the first invalid one.</summary>
    public int ValidPrefixLength { get; }

    /// <summary>The reason why the record after the valid ones is invalid, or null if all are valid.</summary>
    public string? RejectionReason { get; }

    public string ShardId { get; }

    public string StreamArn { get; }

    /// <summary>
    /// Whether the batch was read with enhanced fan-out. Then Lambda has deaggregated KPL records: their user records are records with the same sequence
    /// number, and the batch may begin and end within an aggregate.
    /// </summary>
    public bool IsFromConsumer { get; }

    /// <summary>Returns a valid record.</summary>
    public StreamRecord RecordAt(int index) => new(_records[index], ShardId);

    /// <summary>Returns a record's sequence number as Lambda wrote it, or null if it has none or the record does not exist.</summary>
    public string? SequenceNumberAt(int index) => index < _records.Count ? _records[index]?.Kinesis?.SequenceNumber : null;

    /// <summary>Returns an event with the first <paramref name="count"/> records.</summary>
    public KinesisEvent Take(int count) => new() { Records = count == _records.Count ? _records : [.. _records.Take(count)] };

    /// <summary>
    /// Returns the identifier of a record in the response: its sequence number as Lambda wrote it. A record without one is reported with an empty
    /// identifier, which makes Lambda redeliver the whole batch.
    /// </summary>
    public string IdentifierAt(int index)
    {
        var record = _records[index];
        if (SequenceNumber.TryParse(record?.Kinesis?.SequenceNumber, out _))
        {
            return record!.Kinesis.SequenceNumber;
        }

        var eventId = record?.EventId ?? "";
        var tail = eventId[(eventId.LastIndexOf(':') + 1)..];
        return SequenceNumber.TryParse(tail, out _) ? tail : "";
    }

    /// <summary>Returns the index of the first valid record at or after a sequence number, or 0, for the whole batch, if there is none.</summary>
    public int IndexFrom(SequenceNumber lowest)
    {
        for (var index = 0; index < ValidPrefixLength; index++)
        {
            if (SequenceNumber.TryParse(_records[index].Kinesis.SequenceNumber, out var number) && number >= lowest)
            {
                return index;
            }
        }

        return 0;
    }

    /// <summary>
    /// A batch comes from one shard, which is determined from its first and last records. The event IDs of all records are compared only if these differ, and
    /// sequence numbers are read only on demand, because both are strings that are created on access.
    /// </summary>
    private string? GetRejectionReason(KinesisEvent.KinesisEventRecord? record, bool isMixed) =>
        record?.Kinesis is not { Data: not null } ? "it has no Kinesis data"
        : ShardId.Length == 0 ? "its event ID has no shard"
        : isMixed && !IsOfShard(record) ? "it is from another shard than the batch's first record"
        : null;

    private bool IsOfShard(KinesisEvent.KinesisEventRecord? record) => GetShard(record).Equals(ShardId, StringComparison.Ordinal);

    private static ReadOnlySpan<char> GetShard(KinesisEvent.KinesisEventRecord? record)
    {
        var eventId = (record?.EventId).AsSpan();
        var colon = eventId.LastIndexOf(':');
        return colon > 0 ? eventId[..colon] : [];
    }
}
