using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

/// <summary>Performs the actions of a shard's state machine, with a clock that it advances itself.</summary>
internal sealed class ShardDriver
{
    private readonly HashSet<int> _done = [];
    private int _ids;

    public ShardDriver(EventSourceMappingConfiguration configuration, ShardCheckpoint? checkpoint = null, Func<ShardRecord, bool>? matches = null)
    {
        Events = new KinesisEventWriter(configuration, Some.ShardId);
        Machine = new ShardStateMachine(
            configuration, Some.ShardId, checkpoint, Events, matches ?? (_ => true), () => new Guid(++_ids, 0, 0, new byte[8]));
    }

    public ShardStateMachine Machine { get; }

    public KinesisEventWriter Events { get; }

    public DateTimeOffset Now { get; set; } = Some.Time;

    /// <summary>The function's response.</summary>
    public Func<LaneInvocation, InvocationOutcome> Function { get; set; } = _ => Some.Success;

    public List<(LaneInvocation Invocation, DateTimeOffset At, int Lane)> Invocations { get; } = [];

    public List<LaneAction.Send> Failures { get; } = [];

    /// <summary>The checkpoint after each step that changed it.</summary>
    public List<string?> Checkpoints { get; } = [];

    /// <summary>The sequence numbers of each invocation, as <c>[1234] [234]</c>.</summary>
    public string Delivered => string.Join(' ', Invocations.Select(invocation => Show(invocation.Invocation.Records)));

    public bool IsDone => _done.Count == Machine.LaneCount;

    public static string Show(ReadOnlyMemory<PolledRecord> records) =>
        $"[{string.Concat(records.ToArray().Select(record => record.Record.SequenceNumber))}]";

    public ShardDriver Offer(params ShardRecord[] records)
    {
        foreach (var record in records)
        {
            Machine.Offer(record, Now);
        }

        return this;
    }

    /// <summary>Runs until nothing is due, skipping the time in between.</summary>
    public ShardDriver Run() => RunUntil(DateTimeOffset.MaxValue);

    /// <summary>Runs until a time.</summary>
    public ShardDriver RunUntil(DateTimeOffset end)
    {
        while (true)
        {
            DateTimeOffset? next = null;
            for (var lane = 0; lane < Machine.LaneCount; lane++)
            {
                var wait = RunLane(lane);
                next = wait is not null && (next is null || wait < next) ? wait : next;
            }

            if (next is not { } time || time > end)
            {
                if (end != DateTimeOffset.MaxValue)
                {
                    Now = end;
                }

                return this;
            }

            Now = time;
        }
    }

    private DateTimeOffset? RunLane(int lane)
    {
        while (true)
        {
            switch (Machine.Next(lane, Now))
            {
                case LaneAction.Invoke(var invocation):
                    Invocations.Add((invocation, Now, lane));
                    Machine.Complete(lane, Function(invocation), Now);
                    break;
                case LaneAction.Send send:
                    Failures.Add(send);
                    Machine.Sent(lane, FailureDelivery.Delivered);
                    break;
                case LaneAction.Wait(var until):
                    return until;
                case LaneAction.Done:
                    _done.Add(lane);
                    return null;
            }

            var checkpoint = Machine.Checkpoint.SequenceNumber;
            if (checkpoint is not null && (Checkpoints.Count == 0 || Checkpoints[^1] != checkpoint))
            {
                Checkpoints.Add(checkpoint);
            }
        }
    }
}
