using Amazon.Lambda.KinesisEvents;

namespace Analytics.Streaming;

/// <summary>The records of an invocation, and how many of them, from the first, can be worked on.</summary>
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

        ShardId = ShardOf(records[0]).ToString();
        var source = records[0]?.EventSourceARN ?? "";
        StreamArn = EventSourceArn.GetStream(source);
        IsFromConsumer = StreamArn.Length < source.Length;
        var isMixed = !IsOfShard(records[^1]);
        while (Usable < records.Count && FirstUnusable is null)
        {
            FirstUnusable = WhyUnusable(records[Usable], isMixed);
            Usable += FirstUnusable is null ? 1 : 0;
        }
    }

    public int Count => _records.Count;

    /// <summary>The number of records before the first unusable one.</summary>
    public int Usable { get; }

    /// <summary>Why the record after the usable ones is not, or null when all are.</summary>
    public string? FirstUnusable { get; }

    public string ShardId { get; }

    public string StreamArn { get; }

    /// <summary>
    /// Whether it was read with enhanced fan-out. Then Lambda has taken KPL aggregates apart: their user records are records with one sequence
    /// number, and the batch may begin and end within an aggregate.
    /// </summary>
    public bool IsFromConsumer { get; }

    /// <summary>A usable record.</summary>
    public StreamRecord RecordAt(int index) => new(_records[index], ShardId);

    /// <summary>A record's sequence number as Lambda wrote it; null when it has none, or there is no such record.</summary>
    public string? SequenceNumberAt(int index) => index < _records.Count ? _records[index]?.Kinesis?.SequenceNumber : null;

    /// <summary>The first <paramref name="count"/> records as an event of their own.</summary>
    public KinesisEvent Take(int count) => new() { Records = count == _records.Count ? _records : [.. _records.Take(count)] };

    /// <summary>
    /// What the answer calls a record: its sequence number as Lambda wrote it. A record that carries none is reported by an empty
    /// identifier, by which Lambda delivers the whole batch again.
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

    /// <summary>The first usable record at or after a sequence number; 0, the whole batch, when there is none.</summary>
    public int IndexFrom(SequenceNumber lowest)
    {
        for (var index = 0; index < Usable; index++)
        {
            if (SequenceNumber.TryParse(_records[index].Kinesis.SequenceNumber, out var number) && number >= lowest)
            {
                return index;
            }
        }

        return 0;
    }

    /// <summary>
    /// A batch comes from one shard, which its first and last records tell; every record's event ID is looked at only where they differ, and
    /// a sequence number only by whoever asks for it: both are texts that are made when they are asked for.
    /// </summary>
    private string? WhyUnusable(KinesisEvent.KinesisEventRecord? record, bool isMixed) =>
        record?.Kinesis is not { Data: not null } ? "it has no Kinesis data"
        : ShardId.Length == 0 ? "its event ID names no shard"
        : isMixed && !IsOfShard(record) ? "it is of another shard than the batch's first record"
        : null;

    private bool IsOfShard(KinesisEvent.KinesisEventRecord? record) => ShardOf(record).Equals(ShardId, StringComparison.Ordinal);

    private static ReadOnlySpan<char> ShardOf(KinesisEvent.KinesisEventRecord? record)
    {
        var eventId = (record?.EventId).AsSpan();
        var colon = eventId.LastIndexOf(':');
        return colon > 0 ? eventId[..colon] : [];
    }
}
