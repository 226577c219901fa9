using Analytics.Counting.Folding;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Counting.Chain;

/// <summary>Consecutive user records of a batch, folded, and their number.</summary>
internal sealed class BatchSlice(CounterPlan plan)
{
    private readonly CellTable _cells = new(plan);
    private StreamRecord _first;
    private StreamRecord _last;

    /// <summary>The cells in the order of their first event.</summary>
    public List<Cell> Cells => _cells.Cells;

    /// <summary>The number of sequence numbers whose first user record is included.</summary>
    public int Records { get; private set; }

    public int UserRecords { get; private set; }

    public int Events { get; private set; }

    public int Malformed => UserRecords - Events;

    public SequenceNumber First => _first.SequenceNumber;

    public SequenceNumber Last => _last.SequenceNumber;

    public DateTimeOffset FirstArrival { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset LastArrival { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Gets the unused values.</summary>
    public IReadOnlyList<UnusedValues> GetUnused() => _cells.GetUnused();

    /// <summary>Adds a user record.</summary>
    /// <param name="record">Its Kinesis record.</param>
    /// <param name="user">The user record.</param>
    /// <param name="isFirst">Whether it is the first user record of its sequence number.</param>
    public void Add(in StreamRecord record, in UserRecord user, bool isFirst)
    {
        var arrival = record.ArrivalTime;
        if (UserRecords == 0)
        {
            _first = record;
        }

        _last = record;
        FirstArrival = arrival < FirstArrival ? arrival : FirstArrival;
        LastArrival = arrival > LastArrival ? arrival : LastArrival;
        Records += isFirst ? 1 : 0;
        UserRecords++;
        if (user.IsEvent)
        {
            Events++;
            _cells.Add(user.Event, arrival);
        }
    }
}
