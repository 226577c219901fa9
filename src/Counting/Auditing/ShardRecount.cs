using Analytics.Counting.Folding;
using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>
/// One shard's records counted again: for each partial up to its own watermark; for what has no partial, up to where the function has come and
/// the archive reaches.
/// </summary>
internal sealed class ShardRecount
{
    private readonly CounterPlan _plan;
    private readonly CounterAuditScope _scope;
    private readonly CounterTableContent _content;
    private readonly ShardPartials _shard;
    private readonly CellTable _cells;
    private readonly Dictionary<Cell, CellPlace> _places = [];
    private readonly SequenceNumber? _archived;
    private readonly SequenceNumber? _end;
    private readonly DateTimeOffset _now;
    private SequenceNumber _current;

    public ShardRecount(
        CounterPlan plan, CounterAuditScope scope, CounterTableContent content, string shardId, SequenceNumber archived, DateTimeOffset now)
    {
        _plan = plan;
        _scope = scope;
        _content = content;
        _shard = content.Of(shardId);
        _archived = archived;
        _end = _shard.Counted is { } counted && counted < archived ? counted : archived;
        _now = now;
        ShardId = shardId;
        _cells = new CellTable(plan, Takes);
    }

    public string ShardId { get; }

    /// <summary>The partials compared.</summary>
    public long Compared { get; private set; }

    /// <summary>The partials whose watermark the archive does not reach.</summary>
    public long Ahead { get; private set; }

    public void Add(in ArchivedEvent archived)
    {
        _current = archived.SequenceNumber;
        foreach (ref readonly var user in _plan.Reader.Read(archived.Data))
        {
            if (user.IsEvent)
            {
                _cells.Add(user.Event, 0, archived.Arrival);
            }
        }
    }

    /// <summary>What differs.</summary>
    public IReadOnlyList<ShardFinding> Compare()
    {
        var should = new Dictionary<ItemKey, (Cell? Cell, Partial Partial)>();
        foreach (var (cell, place) in _places)
        {
            if (!place.IsInScope || cell.IsEmpty)
            {
                continue;
            }

            if (!should.TryGetValue(place.Key, out var there))
            {
                should[place.Key] = (place.IsOther ? null : cell, cell.Complete().Copy());
            }
            else
            {
                there.Partial.Merge(cell.Complete());
            }
        }

        var findings = new List<ShardFinding>();
        foreach (var key in should.Keys.Union(_shard.Partials.Keys.Where(IsInScope)))
        {
            var stored = _shard.Partials.GetValueOrDefault(key) ?? StoredPartial.Nothing;
            if (stored.Watermark > _archived)
            {
                Ahead++;
                continue;
            }

            Compared++;
            var expected = should.GetValueOrDefault(key);
            var differences = Differences(key, expected.Partial, stored);
            if (differences.Count > 0)
            {
                findings.Add(new ShardFinding(key, expected.Cell, expected.Partial, stored, differences));
            }
        }

        return findings;
    }

    /// <summary>
    /// Whether the function may just be writing what differs: a batch reaches its partials one after the other, and one that lacks it while
    /// others have it is not known by its own watermark alone.
    /// </summary>
    public bool MayBeUnderway(ShardFinding finding) =>
        finding.Stored.Watermark is not { } watermark || (IsOther(finding.Key) && watermark < _end);

    /// <summary>Whether what differs was written since, as the value's own or as <see cref="ValueText.Other"/>.</summary>
    public bool IsWrittenSince(ShardFinding finding, ShardPartials now) =>
        IsWritten(finding.Key, now) || IsWritten(new ItemKey(finding.Key.Partition, CounterKeys.Sort(ValueText.Other, ShardId)), now);

    /// <summary>The writes that give partials what they should hold.</summary>
    /// <param name="findings">What <see cref="Compare"/> found.</param>
    /// <param name="turnedAway">Cells without a partial whose value counts as <see cref="ValueText.Other"/>.</param>
    public IEnumerable<PartialWrite> RepairsOf(IReadOnlyList<ShardFinding> findings, HashSet<Cell> turnedAway)
    {
        var others = new Dictionary<ItemKey, Partial>();
        foreach (var finding in findings)
        {
            if (finding.Cell is { } cell && turnedAway.Contains(cell))
            {
                var key = new ItemKey(finding.Key.Partition, CounterKeys.Sort(ValueText.Other, ShardId));
                if (!others.TryGetValue(key, out var other))
                {
                    others[key] = other = findings.FirstOrDefault(one => one.Key == key)?.Should?.Copy()
                        ?? _shard.Partials.GetValueOrDefault(key)?.Partial.Copy() ?? new Partial();
                }

                other.Merge(finding.Should!);
            }
            else if (!IsOther(finding.Key))
            {
                yield return WriteOf(finding.Key, finding.Should ?? new Partial(), finding.Stored);
            }
        }

        foreach (var finding in findings.Where(finding => IsOther(finding.Key)))
        {
            others.TryAdd(finding.Key, finding.Should ?? new Partial());
        }

        foreach (var (key, other) in others)
        {
            yield return WriteOf(key, other, _shard.Partials.GetValueOrDefault(key) ?? StoredPartial.Nothing);
        }
    }

    private PartialWrite WriteOf(ItemKey key, Partial should, StoredPartial stored)
    {
        _ = CounterKeys.TryReadPartition(key.Partition, out var name, out var window, out var start);
        return new PartialWrite
        {
            Key = key,
            Condition = stored.Watermark is { } watermark ? WriteCondition.Is(watermark, stored.Revision) : WriteCondition.Absent,
            Partial = should,
            IsAddition = false,
            // All records that count as (other) were taken up to the end, those of any other value up to its own watermark.
            Watermark = IsOther(key) ? _end!.Value : stored.Watermark ?? _end!.Value,
            Revision = stored.Revision + 1,
            Expiry = Counter(name!).ExpiryOf(window, start, _now),
        };
    }

    private static bool IsOther(in ItemKey key) => key.Sort.StartsWith(CounterKeys.SortPrefix(ValueText.Other), StringComparison.Ordinal);

    private bool IsWritten(in ItemKey key, ShardPartials now)
    {
        var (was, @is) = (_shard.Partials.GetValueOrDefault(key), now.Partials.GetValueOrDefault(key));
        return (was?.Watermark, was?.Revision) != (@is?.Watermark, @is?.Revision);
    }

    private bool Takes(Cell cell)
    {
        if (!_places.TryGetValue(cell, out var place))
        {
            _places[cell] = place = PlaceOf(cell);
        }

        return place.IsInScope && place.UpTo is { } upTo && _current <= upTo;
    }

    private CellPlace PlaceOf(Cell cell)
    {
        var counter = _plan.Counters[cell.Value.Counter];
        var partition = cell.PartitionKey(counter.Definition.Name);
        var key = new ItemKey(partition, CounterKeys.Sort(cell.Value.Encoded, ShardId));
        var isInScope = IsInScope(counter.Definition.Name, cell.Window, cell.Start);
        if (_shard.Partials.TryGetValue(key, out var stored))
        {
            return new CellPlace(key, isInScope, IsOther: false, stored.Watermark);
        }

        var other = new ItemKey(partition, CounterKeys.Sort(ValueText.Other, ShardId));
        var isOther = counter.IsLimited && _shard.Partials.ContainsKey(other) && !_content.IsListed(partition, cell.Value.Fingerprint);
        return new CellPlace(isOther ? other : key, isInScope, isOther, _end);
    }

    private List<CounterDifference> Differences(ItemKey key, Partial? should, StoredPartial stored)
    {
        _ = CounterKeys.TryReadPartition(key.Partition, out var name, out var window, out var start);
        _ = CounterKeys.TryReadSort(key.Sort, out var value, out _);
        var measure = Counter(name!).Definition.Measure;
        return
        [
            .. CounterAudit.Differences(
                should is null ? null : CounterValue.Of(name!, window, start, value, should, measure),
                stored.Watermark is null ? null : CounterValue.Of(name!, window, start, value, stored.Partial, measure)),
        ];
    }

    private bool IsInScope(ItemKey key) =>
        CounterKeys.TryReadPartition(key.Partition, out var name, out var window, out var start) && IsInScope(name, window, start);

    private bool IsInScope(string name, CounterWindow window, DateTimeOffset start) =>
        start >= _scope.From
        && start < _scope.To
        && (_scope.Counter is null || _scope.Counter == name)
        && FindCounter(name) is { } counter
        && counter.Windows.Contains(window)
        && WindowTimes.EndOf(window, start) + counter.Definition.Retention > _now;

    private PlannedCounter Counter(string name) => FindCounter(name)!;

    private PlannedCounter? FindCounter(string name) => Array.Find(_plan.Counters, counter => counter.Definition.Name == name);

    /// <summary>Where a cell's records are counted in the table, and up to which record.</summary>
    private readonly record struct CellPlace(ItemKey Key, bool IsInScope, bool IsOther, SequenceNumber? UpTo);
}
