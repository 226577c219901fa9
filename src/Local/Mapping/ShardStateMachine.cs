
namespace Analytics.Local.Mapping;

/// <summary>
/// The state machine of a shard: assigns records to lanes and determines the checkpoint and completion. No I/O and no clock; not
/// thread-safe. A record's lane is determined by its partition key, so records with the same key stay in order.
/// </summary>
internal sealed class ShardStateMachine
{
    private readonly EventSourceMappingConfiguration _configuration;
    private readonly string _shardId;
    private readonly KinesisEventWriter _events;
    private readonly Func<ShardRecord, bool> _matches;
    private readonly LaneStateMachine[] _lanes;
    private DateTimeOffset? _skipBefore;
    private readonly ShardPlace _resumedFrom;
    private ShardPlace _last;
    private bool _ended;
    private long _polled;
    private long _filteredOut;

    /// <param name="configuration">The mapping's settings.</param>
    /// <param name="shardId">The shard.</param>
    /// <param name="checkpoint">The checkpoint to resume from, or null.</param>
    /// <param name="events">Computes the size of records in events.</param>
    /// <param name="matches">Returns whether a record passes the filter.</param>
    /// <param name="newId">Creates request IDs.</param>
    public ShardStateMachine(
        EventSourceMappingConfiguration configuration,
        string shardId,
        ShardCheckpoint? checkpoint,
        KinesisEventWriter events,
        Func<ShardRecord, bool> matches,
        Func<Guid> newId)
    {
        _configuration = configuration;
        _shardId = shardId;
        _events = events;
        _matches = matches;
        _resumedFrom = _last = new ShardPlace(checkpoint?.SequenceNumber, configuration.IsFromConsumer ? checkpoint?.UserRecords : null);
        _lanes = new LaneStateMachine[configuration.ParallelizationFactor];
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane] = new LaneStateMachine(configuration, shardId, events, newId);
        }

        if (checkpoint?.Window is { } window)
        {
            _lanes[0].Resume(window);
        }
    }

    /// <summary>The number of lanes.</summary>
    public int LaneCount => _lanes.Length;

    /// <summary>The number of offered records, which is the ordinal of the next one.</summary>
    public long Offered { get; private set; }

    /// <summary>Whether the shard is closed, read to its end, and completely settled.</summary>
    public bool IsFinished => _ended && _lanes.All(lane => lane.IsIdle);

    /// <summary>
    /// Whether reading should pause. There is always room for a full batch in every lane, so a lane that gathers records gets its batch
    /// regardless of the others.
    /// </summary>
    public bool IsFull =>
        _lanes.Sum(lane => (long)lane.QueuedCount) >= ((long)_configuration.BatchSize * _lanes.Length) + EventSourceMappingConfiguration.MaxBatchSize
        || _lanes.Sum(lane => lane.QueuedBytes) >= EventSourceMappingConfiguration.MaxPayloadBytes * (_lanes.Length + 2L);

    /// <summary>The position up to which everything is settled: that of the slowest lane.</summary>
    public ShardCheckpoint Checkpoint
    {
        get
        {
            PolledRecord? first = null;
            foreach (var lane in _lanes)
            {
                if (lane.FirstUnsettled is { } unsettled && (first is null || unsettled.Ordinal < first.Value.Ordinal))
                {
                    first = unsettled;
                }
            }

            var place = first is { } record ? record.Before : _last;
            return new ShardCheckpoint
            {
                ShardId = _shardId,
                SequenceNumber = place.SequenceNumber,
                UserRecords = place.UserRecords,
                IsFinished = IsFinished,
                Window = _lanes[0].WindowCheckpoint,
            };
        }
    }

    /// <summary>The statistics of the shard's lanes.</summary>
    public EventSourceMappingStatistics Statistics => _lanes.Aggregate(
        new EventSourceMappingStatistics { PolledEventCount = _polled, FilteredOutEventCount = _filteredOut },
        (sum, lane) => sum.Plus(lane.Statistics));

    /// <summary>The progress of the shard.</summary>
    public ShardProgress Progress => new()
    {
        ShardId = _shardId,
        IsFinished = IsFinished,
        Waiting = _lanes.Sum(lane => (long)lane.QueuedCount + lane.PendingCount),
        InFlight = _lanes.Sum(lane => (long)lane.InvokedCount),
        FailedAttempts = _lanes.Max(lane => lane.FailedAttempts),
        Statistics = Statistics,
    };

    /// <summary>Skips records that arrived before <paramref name="time"/>, up to the first that did not.</summary>
    public void SkipBefore(DateTimeOffset time) => _skipBefore = time;

    /// <summary>Offers a record that was read, in the order of the shard.</summary>
    public void Offer(in ShardRecord record, DateTimeOffset now)
    {
        var ordinal = Offered++;
        var before = _last;
        _last = new ShardPlace(record.SequenceNumber, record.IsLastPart ? null : record.Part + 1);
        if (record.IsLeftOut || (record.SequenceNumber == _resumedFrom.SequenceNumber && record.Part < _resumedFrom.UserRecords))
        {
            return;
        }

        if (_skipBefore is { } time)
        {
            if (record.ArrivalTime < time)
            {
                return;
            }

            _skipBefore = null;
        }

        _polled++;
        if (!_matches(record))
        {
            _filteredOut++;
            return;
        }

        _lanes[GetLane(record.PartitionKey, _lanes.Length)].Offer(
            new PolledRecord(record, ordinal, before, now, _events.RecordBytes(record)));
    }

    /// <summary>Signals that every record that arrived before <paramref name="time"/> has been offered.</summary>
    public void ReadThrough(DateTimeOffset time)
    {
        foreach (var lane in _lanes)
        {
            lane.ReadThrough(time);
        }
    }

    /// <summary>Ends the batching windows of the records offered so far.</summary>
    public void EndBatchingWindows()
    {
        foreach (var lane in _lanes)
        {
            lane.EndBatchingWindow(Offered);
        }
    }

    /// <summary>Signals that the shard is closed and read to its end.</summary>
    public void End()
    {
        _ended = true;
        foreach (var lane in _lanes)
        {
            lane.End();
        }
    }

    /// <summary>Returns whether the records before an ordinal are settled, and their windows have had their final invocation.</summary>
    public bool IsSettled(long ordinal) => _lanes.All(lane =>
        (lane.FirstUnsettled is not { } first || first.Ordinal >= ordinal) && (lane.FirstInWindow is not { } inWindow || inWindow >= ordinal));

    /// <inheritdoc cref="LaneStateMachine.Next"/>
    public LaneAction Next(int lane, DateTimeOffset now) => _lanes[lane].Next(now);

    /// <inheritdoc cref="LaneStateMachine.Complete"/>
    public void Complete(int lane, InvocationOutcome outcome, DateTimeOffset now) => _lanes[lane].Complete(outcome, now);

    /// <inheritdoc cref="LaneStateMachine.Sent"/>
    public void Sent(int lane, FailureDelivery delivery) => _lanes[lane].Sent(delivery);

    /// <summary>Returns the lane of a partition key, the same in every run.</summary>
    internal static int GetLane(string partitionKey, int lanes)
    {
        if (lanes == 1)
        {
            return 0;
        }

        const uint fnvOffset = 2166136261;
        const uint fnvPrime = 16777619;
        Span<byte> utf8 = stackalloc byte[4];
        var hash = fnvOffset;
        foreach (var rune in partitionKey.EnumerateRunes())
        {
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                hash = (hash ^ value) * fnvPrime;
            }
        }

        // FNV-1a gives similar hashes for keys that differ in their last character, so mix all bits before using the highest.
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        hash ^= hash >> 16;
        return (int)((ulong)hash * (uint)lanes >> 32);
    }
}
