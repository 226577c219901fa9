using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>
/// Numbers the user records of a batch. Only user records that share their sequence number with others, or may do so at the ends of a
/// consumer's batch, are hashed.
/// </summary>
/// <param name="batch">The batch.</param>
/// <param name="leading">The user records that precede the batch's first one under its sequence number, or null.</param>
internal sealed class OccurrenceNumbering(Batch batch, OccurrenceCounter? leading)
{
    private readonly OccurrenceCounter _counter = leading?.Copy() ?? new OccurrenceCounter();
    private readonly string? _leadingNumber = batch.IsFromConsumer ? batch.SequenceNumberAt(0) : null;
    private readonly string? _trailingNumber = batch.IsFromConsumer ? batch.SequenceNumberAt(batch.Count - 1) : null;
    private string? _number;
    private bool _isShared;
    private (StreamRecord Record, string? PartitionKey, ReadOnlyMemory<byte> Data) _first;

    /// <summary>The user records of the last sequence number counted so far; complete only for a consumer's batch.</summary>
    public OccurrenceCounter Counter => _counter;

    /// <summary>Whether records of the batch share a sequence number.</summary>
    public bool HasSharedNumbers { get; private set; }

    /// <summary>Starts the next record of the batch.</summary>
    public void BeginRecord(int index)
    {
        if (!batch.IsFromConsumer)
        {
            return;
        }

        var number = batch.SequenceNumberAt(index);
        if (index > 0 && number != _number)
        {
            _counter.Clear();
        }

        var hasNeighbour = (index > 0 && number == _number) || number == batch.SequenceNumberAt(index + 1);
        HasSharedNumbers |= hasNeighbour;
        _isShared = hasNeighbour || number == _leadingNumber || number == _trailingNumber;
        _number = number;
    }

    /// <summary>Returns the occurrence of the next user record of the current record.</summary>
    public int Next(in StreamRecord record, in UserRecord user)
    {
        if (_isShared)
        {
            return _counter.Next(RecordFingerprint.Compute(record, user));
        }

        if (user.SubSequenceNumber == 0)
        {
            // The record's own partition key is a string that is created on access.
            _first = (record, user.PartitionKey, user.Data);
            return 0;
        }

        if (user.SubSequenceNumber == 1)
        {
            _counter.Clear();
            _ = _counter.Next(RecordFingerprint.Compute(_first.PartitionKey ?? _first.Record.PartitionKey, _first.Data.Span));
        }

        return _counter.Next(RecordFingerprint.Compute(record, user));
    }
}
