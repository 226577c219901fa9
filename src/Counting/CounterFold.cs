using Analytics.Counting.Folding;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>
/// What a batch comes to: for each counter, window, start and value, what its records contribute. Malformed records contribute nothing.
/// Pure; <see cref="CounterCommitter"/> writes it.
/// </summary>
public sealed class CounterFold : IBatchFold
{
    private readonly CounterPlan _plan;
    private readonly CellTable _cells;
    private readonly List<StreamRecord> _records = [];

    /// <summary>Begins a fold.</summary>
    /// <param name="plan">What to count.</param>
    /// <param name="batch">The batch that it is about.</param>
    public CounterFold(CounterPlan plan, BatchInfo batch)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        _cells = new CellTable(plan);
        Batch = batch;
    }

    /// <summary>The batch that it is about.</summary>
    public BatchInfo Batch { get; }

    /// <summary>The Kinesis records folded.</summary>
    public int Records => _records.Count;

    /// <summary>The different counters, windows, starts and values among them.</summary>
    public int Keys => _cells.Cells.Count;

    internal IEnumerable<Cell> Cells => _cells.Cells;

    /// <inheritdoc/>
    public void Add(in StreamRecord record, in UserRecord user)
    {
        if (_records.Count == 0 || !ReferenceEquals(_records[^1].Record, record.Record))
        {
            _records.Add(record);
        }

        if (user.IsEvent)
        {
            _cells.Add(user.Event, _records.Count - 1, record.ArrivalTime);
        }
    }

    /// <summary>The sequence number of a record by its place in the batch.</summary>
    internal SequenceNumber SequenceNumberAt(int record) => _records[record].SequenceNumber;

    /// <summary>The sequence number of the last record: what a partial holds once this batch is in it.</summary>
    internal SequenceNumber LastSequenceNumber => SequenceNumberAt(_records.Count - 1);

    /// <summary>The place of the first record above a sequence number; the number of records when there is none.</summary>
    internal int FirstAbove(SequenceNumber watermark)
    {
        var (low, high) = (0, _records.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = SequenceNumberAt(middle) > watermark ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>
    /// Folds the batch again for the cells that were restarted, each from its own first record on: the records are read again, which is
    /// cheaper than to keep what every record contributed for the rare batch that is in part a redelivery.
    /// </summary>
    internal void FoldAgain()
    {
        _cells.FoldAgain();
        for (var index = 0; index < _records.Count; index++)
        {
            var arrival = _records[index].ArrivalTime;
            foreach (ref readonly var user in _plan.Reader.Read(_records[index].Data))
            {
                if (user.IsEvent)
                {
                    _cells.Add(user.Event, index, arrival);
                }
            }
        }
    }
}
