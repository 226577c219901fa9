using Analytics.Local.Mapping;
using Analytics.Local.Runtime;
using Analytics.Local.Services;

namespace Analytics.Local.Faults;

/// <summary>
/// Injects the faults of a <see cref="FaultSpec"/>. The place of a fault is a number: the n-th invocation of a function's process, or the n-th batch
/// that a mapping delivers to it. The numbers are drawn from the seed, so the same seed gives the same places. The place of a fault in a service call is drawn
/// among the calls that the invocation is expected to make.
/// </summary>
public sealed class FaultInjector : IServiceFaults, IInvocationFaults, IDeliveryFaults
{
    /// <summary>Duration of an <see cref="FaultKind.Outage"/>.</summary>
    public static readonly TimeSpan OutageLength = TimeSpan.FromSeconds(2);

    /// <summary>Timeout for a suspended process, in place of the function's timeout.</summary>
    public static readonly TimeSpan HangPatience = TimeSpan.FromSeconds(2);

    private const int MinDelay = 100;
    private const int MaxDelay = 1_000;

    private static readonly FaultKind[] OfProcesses = [FaultKind.KillBefore, FaultKind.KillDuring, FaultKind.KillAfter, FaultKind.Timeout];
    private static readonly FaultKind[] OfCalls = [FaultKind.Throttle, FaultKind.Error, FaultKind.LostReply, FaultKind.Delay, FaultKind.Outage];
    private static readonly FaultKind[] OfDeliveries = [FaultKind.Duplicate, FaultKind.Regroup];

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly SortedDictionary<FaultKind, int> _planned;
    private readonly Dictionary<FaultKind, int> _injected = [];
    private readonly Dictionary<string, FunctionFaults> _functions = new(StringComparer.Ordinal);
    private AwsService? _down;
    private DateTimeOffset _upAgain;

    /// <summary>Creates an injector, which injects no faults before <see cref="Spread"/>.</summary>
    /// <param name="spec">The faults.</param>
    /// <param name="clock">The clock for outages.</param>
    public FaultInjector(FaultSpec spec, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Spec = spec;
        _clock = clock;
        _random = new Random(spec.Seed);
        _planned = new SortedDictionary<FaultKind, int>(spec.Counts.ToDictionary());
    }

    /// <summary>The faults.</summary>
    public FaultSpec Spec { get; }

    /// <summary>The planned and injected numbers for each planned kind.</summary>
    public IReadOnlyList<FaultCount> Counts
    {
        get
        {
            lock (_gate)
            {
                return [.. _planned.Where(one => one.Value > 0).Select(one => new FaultCount(one.Key, one.Value, _injected.GetValueOrDefault(one.Key)))];
            }
        }
    }

    /// <summary>Draws the places of the faults.</summary>
    /// <param name="invocations">The functions to inject faults into, by logical ID, and the expected minimum number of invocations of each.</param>
    public void Spread(IReadOnlyDictionary<string, int> invocations)
    {
        ArgumentNullException.ThrowIfNull(invocations);
        lock (_gate)
        {
            foreach (var function in invocations.Keys)
            {
                _functions[function] = new FunctionFaults();
            }

            Place(OfProcesses, faults => faults.Processes, invocations, onePerPlace: true);
            Place(OfDeliveries, faults => faults.Deliveries, invocations, onePerPlace: true);
            Place(OfCalls, faults => faults.Calls, invocations, onePerPlace: false);
        }
    }

    /// <summary>Adds one fault at the next invocation of a function, at the next batch that is delivered to it, or among its next calls.</summary>
    /// <param name="kind">The kind; not a split or a merge.</param>
    /// <param name="function">The function's logical ID.</param>
    public void Add(FaultKind kind, string function)
    {
        if (kind is FaultKind.Split or FaultKind.Merge)
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Splits and merges are injected elsewhere.");
        }

        lock (_gate)
        {
            if (!_functions.TryGetValue(function, out var faults))
            {
                _functions[function] = faults = new FunctionFaults();
            }

            _planned[kind] = _planned.GetValueOrDefault(kind) + 1;
            if (OfDeliveries.Contains(kind))
            {
                FunctionFaults.Add(faults.Deliveries, faults.DeliveredBatches + 1, kind);
            }
            else
            {
                FunctionFaults.Add(OfProcesses.Contains(kind) ? faults.Processes : faults.Calls, faults.Invocations + 1, kind);
            }
        }
    }

    /// <summary>Records a fault that was injected elsewhere: a split or a merge.</summary>
    public void Injected(FaultKind kind)
    {
        lock (_gate)
        {
            Count(kind);
        }
    }

    /// <inheritdoc/>
    public InvocationFault Decide(string function)
    {
        lock (_gate)
        {
            if (!_functions.TryGetValue(function, out var faults))
            {
                return default;
            }

            faults.Invocations++;
            faults.ArmCalls(_random);
            if (FunctionFaults.Take(faults.Processes, faults.Invocations) is not { } kind)
            {
                return default;
            }

            Count(kind);
            switch (kind)
            {
                case FaultKind.KillBefore:
                    return new InvocationFault(InvocationFaultKind.KillWhenTaken);
                case FaultKind.KillDuring:
                    var moment = faults.KillAfterCalls(_random);
                    return new InvocationFault(InvocationFaultKind.KillAtMoment, moment);
                case FaultKind.KillAfter:
                    return new InvocationFault(InvocationFaultKind.KillWhenAnswered);
                default:
                    return new InvocationFault(InvocationFaultKind.Hang, Patience: HangPatience);
            }
        }
    }

    /// <inheritdoc/>
    public void Missed(string function, InvocationFault fault)
    {
        lock (_gate)
        {
            var faults = _functions[function];
            faults.ForgetKill(fault.Moment);
            _injected[FaultKind.KillDuring]--;
            FunctionFaults.Add(faults.Processes, faults.Invocations + 1, FaultKind.KillDuring);
        }
    }

    /// <inheritdoc/>
    public DeliveryFault DecideDelivery(string function)
    {
        lock (_gate)
        {
            if (!_functions.TryGetValue(function, out var faults) || FunctionFaults.Take(faults.Deliveries, ++faults.DeliveredBatches) is not { } kind)
            {
                return DeliveryFault.None;
            }

            Count(kind);
            return kind == FaultKind.Duplicate ? DeliveryFault.Duplicate : DeliveryFault.Regroup;
        }
    }

    /// <inheritdoc/>
    public ServiceFault Decide(in ServiceCall call)
    {
        lock (_gate)
        {
            if (_down == call.Service && _clock.GetUtcNow() < _upAgain)
            {
                return new ServiceFault(ServiceFaultKind.Refuse);
            }

            if (!_functions.TryGetValue(call.Function, out var faults))
            {
                return default;
            }

            if (faults.NextCall() is not { } kind)
            {
                return default;
            }

            Count(kind);
            switch (kind)
            {
                case FaultKind.Throttle:
                    return new ServiceFault(ServiceFaultKind.Throttle);
                case FaultKind.Error:
                    return new ServiceFault(ServiceFaultKind.ServerError);
                case FaultKind.LostReply:
                    return new ServiceFault(ServiceFaultKind.DropReply);
                case FaultKind.Delay:
                    return new ServiceFault(ServiceFaultKind.None, TimeSpan.FromMilliseconds(_random.Next(MinDelay, MaxDelay)));
                default:
                    _down = call.Service;
                    _upAgain = _clock.GetUtcNow() + OutageLength;
                    return new ServiceFault(ServiceFaultKind.Refuse);
            }
        }
    }

    private void Place(
        FaultKind[] kinds, Func<FunctionFaults, Dictionary<int, List<FaultKind>>> getPlaces, IReadOnlyDictionary<string, int> invocations, bool onePerPlace)
    {
        var places = invocations.OrderBy(one => one.Key, StringComparer.Ordinal)
            .SelectMany(one => Enumerable.Range(1, one.Value).Select(ordinal => (Places: getPlaces(_functions[one.Key]), Ordinal: ordinal)))
            .ToArray();
        _random.Shuffle(places);
        var next = 0;
        foreach (var kind in kinds.SelectMany(kind => Enumerable.Repeat(kind, Spec[kind])))
        {
            if (onePerPlace && next == places.Length)
            {
                return;
            }

            var (there, ordinal) = places[next++ % places.Length];
            FunctionFaults.Add(there, ordinal, kind);
        }
    }

    private void Count(FaultKind kind) => _injected[kind] = _injected.GetValueOrDefault(kind) + 1;

    /// <summary>The faults of a function: by number of an invocation or delivered batch, and those of calls that are due.</summary>
    private sealed class FunctionFaults
    {
        private readonly List<(FaultKind Kind, int CallsBefore)> _armed = [];
        private readonly List<(TaskCompletionSource Moment, int CallsBefore)> _kills = [];
        private int _calls;

        public Dictionary<int, List<FaultKind>> Processes { get; } = [];

        public Dictionary<int, List<FaultKind>> Deliveries { get; } = [];

        public Dictionary<int, List<FaultKind>> Calls { get; } = [];

        public int Invocations { get; set; }

        public int DeliveredBatches { get; set; }

        public static void Add(Dictionary<int, List<FaultKind>> places, int ordinal, FaultKind kind)
        {
            if (!places.TryGetValue(ordinal, out var there))
            {
                places[ordinal] = there = [];
            }

            there.Add(kind);
        }

        /// <summary>Returns the fault at a place; further faults at the same place move to the next ones.</summary>
        public static FaultKind? Take(Dictionary<int, List<FaultKind>> places, int ordinal)
        {
            if (!places.Remove(ordinal, out var there))
            {
                return null;
            }

            there.Skip(1).ToList().ForEach(kind => Add(places, ordinal + 1, kind));
            return there[0];
        }

        private int CallsAnInvocation => Math.Max(1, _calls / Math.Max(1, Invocations - 1));

        public void ArmCalls(Random random)
        {
            if (Calls.Remove(Invocations, out var kinds))
            {
                _armed.AddRange(kinds.Select(kind => (kind, random.Next(CallsAnInvocation))));
            }
        }

        public Task KillAfterCalls(Random random)
        {
            var moment = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _kills.Add((moment, random.Next(CallsAnInvocation)));
            return moment.Task;
        }

        public void ForgetKill(Task? moment) => _kills.RemoveAll(kill => kill.Moment.Task == moment);

        /// <summary>Counts a call and returns its fault, or null.</summary>
        public FaultKind? NextCall()
        {
            _calls++;
            for (var i = _kills.Count - 1; i >= 0; i--)
            {
                if (_kills[i].CallsBefore > 0)
                {
                    _kills[i] = _kills[i] with { CallsBefore = _kills[i].CallsBefore - 1 };
                    continue;
                }

                _kills[i].Moment.TrySetResult();
                _kills.RemoveAt(i);
            }

            for (var i = 0; i < _armed.Count; i++)
            {
                if (_armed[i].CallsBefore > 0)
                {
                    _armed[i] = _armed[i] with { CallsBefore = _armed[i].CallsBefore - 1 };
                    continue;
                }

                var kind = _armed[i].Kind;
                _armed.RemoveAt(i);
                return kind;
            }

            return null;
        }
    }
}
