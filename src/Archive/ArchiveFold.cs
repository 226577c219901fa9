using Analytics.Archiving;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Archive;

/// <summary>
/// Folds a batch to archive objects: one for the events and one for the malformed records of each hour of arrival, compressed
/// during the fold. It uses memory for the compressed objects and at most <see cref="MaxOpen"/> compressors.
/// </summary>
internal sealed class ArchiveFold(BatchInfo batch, EventTimeBounds bounds) : IBatchFold, IDisposable
{
    /// <summary>
    /// The maximum number of objects compressed at a time. A batch usually covers one hour, or two at the change of hour; catching up on a quiet stream,
    /// it can cover all hours of a week, and a compressor needs a quarter of a megabyte. A reopened object continues with
    /// another gzip member.
    /// </summary>
    public const int MaxOpen = 4;

    private readonly Dictionary<(ArchiveKind Kind, DateTime Hour), ArchiveObject> _objects = [];
    private readonly List<ArchiveObject> _open = new(MaxOpen);
    private readonly ArchiveLineWriter _line = new(batch);
    private SequenceNumber? _record;
    private ArchiveTotals _beforeRecord;

    /// <summary>The totals of the folded records.</summary>
    public ArchiveTotals Totals { get; private set; }

    /// <summary>The objects in the order of their first records.</summary>
    public IReadOnlyCollection<ArchiveObject> Objects => _objects.Values;

    /// <inheritdoc/>
    public void Add(in StreamRecord record, in UserRecord user)
    {
        var sequenceNumber = record.SequenceNumber;
        if (_record != sequenceNumber)
        {
            _record = sequenceNumber;
            _beforeRecord = Totals;
        }

        if (user.IsEvent)
        {
            ref readonly var @event = ref user.Event;
            var amount = MetricAmounts.TryGet(@event, out var value) ? value : 0;
            Open(ArchiveKind.Events, record).Append(_line.Event(record, user, bounds.Resolve(@event, record.ArrivalTime)), record, user);
            Totals = Totals with { Processed = Totals.Processed + 1, Amount = Totals.Amount + amount };
        }
        else
        {
            Open(ArchiveKind.Quarantine, record).Append(_line.Malformed(record, user), record, user);
            Totals = Totals with { Errors = Totals.Errors + 1 };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var archiveObject in _objects.Values)
        {
            archiveObject.Dispose();
        }

        _line.Dispose();
    }

    private ArchiveObject Open(ArchiveKind kind, in StreamRecord record)
    {
        var arrival = record.ArrivalTime.UtcDateTime;
        var hour = arrival.Date.AddHours(arrival.Hour);
        if (_open.Count > 0 && _open[^1] is var last && last.Kind == kind && last.Hour == hour)
        {
            return last;
        }

        if (!_objects.TryGetValue((kind, hour), out var archiveObject))
        {
            archiveObject = new ArchiveObject(kind, hour, batch, _beforeRecord);
            _objects.Add((kind, hour), archiveObject);
        }

        if (!_open.Remove(archiveObject) && _open.Count == MaxOpen)
        {
            _open[0].Close();
            _open.RemoveAt(0);
        }

        _open.Add(archiveObject);
        return archiveObject;
    }
}
