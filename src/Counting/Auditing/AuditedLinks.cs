using Analytics.Counting.Chain;
using Analytics.Counting.Deltas;
using Analytics.Counting.Folding;
using Analytics.Counting.Keys;
using Analytics.Counting.Tallies;
using Analytics.Counting.Windows;
using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>Links that are compared with the archive together: one link, or several that share a sequence number.</summary>
/// <param name="shardId">The shard.</param>
/// <param name="plan">The plan with which the links were created.</param>
internal sealed class AuditedLinks(string shardId, CounterPlan plan)
{
    private readonly CellTable _recount = new(plan);
    private readonly List<DeltaCell> _cells = [];
    private long _userRecords;
    private long _events;
    private long _archived;
    private long _archivedEvents;
    private bool _isDamaged;

    public SequenceNumber First { get; private set; }

    public SequenceNumber Last { get; private set; }

    /// <summary>The position after the links.</summary>
    public string End { get; private set; } = ShardPosition.Start.Key;

    public DateTimeOffset FirstArrival { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset LastArrival { get; private set; } = DateTimeOffset.MinValue;

    public CounterPlan Plan => plan;

    /// <summary>Adds a link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="cells">Its cells, or null if they are damaged.</param>
    public void Add(Link link, List<DeltaCell>? cells)
    {
        First = _userRecords == 0 || link.First < First ? link.First : First;
        Last = link.Last ?? link.First;
        End = link.End.Key;
        FirstArrival = link.FirstArrival < FirstArrival ? link.FirstArrival : FirstArrival;
        LastArrival = link.LastArrival > LastArrival ? link.LastArrival : LastArrival;
        _userRecords += link.UserRecords;
        _events += link.Events;
        _isDamaged |= cells is null;
        _cells.AddRange(cells ?? []);
    }

    /// <summary>Adds a user record of the archive whose sequence number is in the links' range.</summary>
    public void Take(in ArchivedUserRecord record)
    {
        _archived++;
        if (record.IsEvent)
        {
            _archivedEvents++;
            Fold(plan, _recount, record);
        }
    }

    /// <summary>Adds an event of the archive to cells.</summary>
    public static void Fold(CounterPlan plan, CellTable cells, in ArchivedUserRecord record)
    {
        foreach (ref readonly var user in plan.Reader.Read(record.Data))
        {
            if (user.IsEvent)
            {
                cells.Add(user.Event, record.ArrivalTime);
            }
        }
    }

    /// <summary>The cells of a recount, in the form of links.</summary>
    public static List<DeltaCell> GetCells(CounterPlan plan, CellTable cells) =>
        [.. cells.Cells.Select(cell => new DeltaCell(plan.Counters[cell.Value.Counter], cell.StartTicks, cell.Value.Encoded, cell.Complete()))];

    /// <summary>Compares the links with the added records.</summary>
    /// <returns>The finding, or null if they agree.</returns>
    public AuditFinding? Compare()
    {
        if (_archived < _userRecords)
        {
            return new AuditFinding(
                AuditSide.Archive, $"The archive lacks {_userRecords - _archived} of {_userRecords} user records of shard {shardId} from {First} to {Last}.");
        }

        if (_archived > _userRecords)
        {
            return new AuditFinding(
                AuditSide.Counters,
                $"{_archived - _userRecords} of {_archived} user records of shard {shardId} from {First} to {Last} are not counted, although the links of that range cover them.");
        }

        if (_archivedEvents != _events)
        {
            return new AuditFinding(
                AuditSide.Counters, $"The links of shard {shardId} from {First} to {Last} count {_events} events; the archive has {_archivedEvents} of that range.");
        }

        return _isDamaged ? null : CompareCells();
    }

    private AuditFinding? CompareCells()
    {
        var expected = Merge(GetCells(plan, _recount));
        var actual = Merge(_cells);
        foreach (var key in expected.Keys.Union(actual.Keys))
        {
            var (should, has) = (Describe(expected, key), Describe(actual, key));
            if (should != has)
            {
                var value = new WindowKey(key.Counter.Definition.Name, key.Counter.Shortest, key.StartTicks, key.Counter.Hash);
                return new AuditFinding(
                    AuditSide.Counters,
                    $"A link of shard {shardId} from {First} to {Last} adds {has} to {value.Counter} for {ValueText.Display(key.Value)} at {CounterKeys.GetStart(key.StartTicks)}; the archive's events add {should}.");
            }
        }

        return null;
    }

    private static Dictionary<(PlannedCounter Counter, long StartTicks, string Value), Tally> Merge(List<DeltaCell> cells)
    {
        var merged = new Dictionary<(PlannedCounter, long, string), Tally>(new CellComparer());
        foreach (var cell in cells)
        {
            var key = (cell.Counter, cell.StartTicks, cell.Value);
            if (!merged.TryGetValue(key, out var tally))
            {
                merged.Add(key, tally = new Tally());
            }

            tally.Merge(cell.Tally);
        }

        return merged;
    }

    private static string Describe(
        Dictionary<(PlannedCounter Counter, long StartTicks, string Value), Tally> cells, (PlannedCounter Counter, long StartTicks, string Value) key) =>
        cells.TryGetValue(key, out var tally) ? AttributeText.Format(ValueAttributes.Write(tally, key.Counter.Definition.Measure)) : "nothing";

    /// <summary>By the counter's name and hash, because plans of the same definitions have separate counters.</summary>
    private sealed class CellComparer : IEqualityComparer<(PlannedCounter Counter, long StartTicks, string Value)>
    {
        public bool Equals((PlannedCounter Counter, long StartTicks, string Value) x, (PlannedCounter Counter, long StartTicks, string Value) y) =>
            x.StartTicks == y.StartTicks && x.Value == y.Value && x.Counter.Hash == y.Counter.Hash && x.Counter.Definition.Name == y.Counter.Definition.Name;

        public int GetHashCode((PlannedCounter Counter, long StartTicks, string Value) obj) => HashCode.Combine(obj.Counter.Hash, obj.StartTicks, obj.Value);
    }
}
