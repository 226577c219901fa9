using Analytics.Counting.Folding;
using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>Assigns the archive's user records of a shard, in order, to links, corrections and gaps.</summary>
/// <param name="run">The audit.</param>
/// <param name="shardId">The shard.</param>
/// <param name="corrections">The corrections by the sequence numbers that they count.</param>
/// <param name="backfills">The backfills of the shard by their first record.</param>
internal sealed class ShardAudit(
    CounterAuditor.AuditRun run, string shardId, IReadOnlyDictionary<SequenceNumber, AuditedLinks> corrections, IReadOnlyList<AuditedLinks> backfills)
{
    private readonly List<AuditedLinks> _backfilling = [];
    private int _nextBackfill;
    private readonly Stretch _uncounted = new();
    private readonly Stretch _lost = new();
    private readonly Stretch _pending = new();
    private readonly Stretch _untold = new();
    private CounterPlan? _startPlan;
    private CellTable? _expired;
    private string? _start;
    private SequenceNumber? _twice;

    /// <summary>The position up to which records are assigned, or null before the first link.</summary>
    public string? Position { get; private set; }

    /// <summary>Sets the position from which the first known link continues: records before it were counted by links that no longer exist.</summary>
    public void Start(string position, CounterPlan plan)
    {
        (Position, _start, _startPlan) = (position, position, plan);
        _expired = new CellTable(plan);
    }

    /// <summary>Adds a user record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="next">The links that cover its position, or null if it is beyond the chain's end.</param>
    public void Take(in ArchivedUserRecord record, AuditedLinks? next)
    {
        run.Events += record.IsEvent ? 1 : 0;
        TakeBackfilled(record);
        var isInLinks = next is not null && record.SequenceNumber >= next.First;
        if (corrections.TryGetValue(record.SequenceNumber, out var correction))
        {
            correction.Take(record);
            _twice = isInLinks ? record.SequenceNumber : _twice;
        }
        else if (isInLinks)
        {
            next!.Take(record);
        }
        else if (_start is not null && string.CompareOrdinal(record.SequenceNumber.ToSortableString(), _start) <= 0)
        {
            TakeExpired(record);
        }
        else if (next is null && record.ArrivalTime > run.CountedBy)
        {
            _pending.Add(record.SequenceNumber);
        }
        else if (next is not null && record.ArrivalTime <= run.KeptSince + CorrectorSettings.Default.ExpiryMargin)
        {
            _untold.Add(record.SequenceNumber);
        }
        else
        {
            _uncounted.Add(record.SequenceNumber);
        }
    }

    /// <summary>Closes links: no more records of their range follow.</summary>
    public void Close(AuditedLinks links)
    {
        Position = links.End;
        foreach (var counter in backfills.Where(backfill => backfill.First <= links.Last && backfill.Last >= links.First).SelectMany(backfill => backfill.Plan.Counters)
            .Where(counter => Array.Exists(links.Plan.Counters, one => one.Hash == counter.Hash)).Take(1))
        {
            run.Add(AuditSide.Counters, $"Records of shard {shardId} from {links.First} to {links.Last} are counted by {counter.Definition.Name} in their link and in a backfill.");
        }

        if (links.FirstArrival >= run.From && links.LastArrival < run.To)
        {
            run.Add(links.Compare());
        }
    }

    /// <summary>Reports the findings.</summary>
    public void Complete()
    {
        foreach (var correction in corrections.Values.Distinct().Concat(backfills).Where(one => one.FirstArrival >= run.From && one.LastArrival < run.To))
        {
            run.Add(correction.Compare());
        }

        if (_expired is not null)
        {
            run.TakeExpired(_startPlan!, _expired);
        }

        Report(_uncounted, AuditSide.Counters, "are in the archive but not counted");
        Report(_lost, AuditSide.Counters, "were counted by links that were removed before they expired");
        Report(_pending, AuditSide.Pending, "are not counted yet");
        Report(_untold, AuditSide.Pending, "are between links, and it is no longer known whether a correction counted them");
        if (_twice is { } twice)
        {
            run.Add(AuditSide.Counters, $"Record {twice} of shard {shardId} is counted by its shard's chain and by a correction.");
        }
    }

    private void TakeBackfilled(in ArchivedUserRecord record)
    {
        while (_nextBackfill < backfills.Count && backfills[_nextBackfill].First <= record.SequenceNumber)
        {
            _backfilling.Add(backfills[_nextBackfill++]);
        }

        for (var index = _backfilling.Count - 1; index >= 0; index--)
        {
            if (_backfilling[index].Last < record.SequenceNumber)
            {
                _backfilling.RemoveAt(index);
            }
            else
            {
                _backfilling[index].Take(record);
            }
        }
    }

    private void TakeExpired(in ArchivedUserRecord record)
    {
        if (record.ArrivalTime > run.KeptSince)
        {
            _lost.Add(record.SequenceNumber);
        }

        if (record.IsEvent)
        {
            AuditedLinks.Fold(_startPlan!, _expired!, record);
        }
    }

    private void Report(Stretch records, AuditSide side, string what)
    {
        if (records.Count > 0)
        {
            run.Add(side, $"{records.Count} user records of shard {shardId} from {records.First} to {records.Last} {what}.");
        }
    }

    private sealed class Stretch
    {
        public long Count { get; private set; }

        public SequenceNumber First { get; private set; }

        public SequenceNumber Last { get; private set; }

        public void Add(SequenceNumber sequenceNumber)
        {
            First = Count == 0 ? sequenceNumber : First;
            Last = sequenceNumber;
            Count++;
        }
    }
}
