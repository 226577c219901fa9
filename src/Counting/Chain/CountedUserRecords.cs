using Analytics.Streaming;

namespace Analytics.Counting.Chain;

/// <summary>Tracks the counted user records of the last sequence number while a batch is processed.</summary>
internal sealed class CountedUserRecords
{
    private readonly ShardPosition _start;
    private Dictionary<ulong, int> _counted;

    public CountedUserRecords(ShardPosition start)
    {
        _start = start;
        _counted = new Dictionary<ulong, int>(start.Counted);
        SequenceNumber = start.SequenceNumber;
    }

    /// <summary>The last sequence number.</summary>
    public SequenceNumber? SequenceNumber { get; private set; }

    public void Add(SequenceNumber sequenceNumber, ulong fingerprint)
    {
        if (sequenceNumber != SequenceNumber)
        {
            SequenceNumber = sequenceNumber;
            _counted = [];
        }

        _counted[fingerprint] = _counted.GetValueOrDefault(fingerprint) + 1;
    }

    /// <summary>The position after the added user records, or the start position if none was added.</summary>
    public ShardPosition ToPosition(bool isOpen) =>
        SequenceNumber is not { } last ? _start
        : isOpen || (last == _start.SequenceNumber && _start.IsOpen) ? ShardPosition.Open(last, _counted)
        : ShardPosition.Closed(last);
}
