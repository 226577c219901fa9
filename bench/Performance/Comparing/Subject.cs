using Analytics.Local.Services;

namespace Analytics.Performance.Comparing;

/// <summary>A function of a design under measurement: its process and its proxy.</summary>
internal sealed class Subject : IAsyncDisposable
{
    private static readonly HashSet<string> Reads = ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:BatchGetItem"];

    private readonly AddedDelay _delay = new();
    private readonly string _function;
    private ServiceProxy _proxy = null!;
    private FunctionProgram _program = null!;
    private Dictionary<string, string> _environment = null!;
    private FunctionProcess? _process;

    private Subject(string function, Design design) => (_function, Design) = (function, design);

    public Design Design { get; }

    /// <summary>Creates the resources of a function. Its process is started by <see cref="RestartAsync"/>.</summary>
    public static async Task<Subject> CreateAsync(LocalServices services, string function, Design design)
    {
        var suffix = design.Name.ToLowerInvariant().Replace(".", "", StringComparison.Ordinal).Replace(' ', '-');
        var subject = new Subject(function, design);
        var topic = await services.CreateAsync(suffix);
        subject._proxy = await services.StartProxyAsync(function, subject._delay);
        subject._program = design.Start(function);
        subject._environment = services.CreateEnvironment(function, suffix, subject._proxy, topic);
        return subject;
    }

    /// <summary>Ends the process, if any, and starts another one.</summary>
    public async Task RestartAsync()
    {
        await EndAsync();
        _process = await FunctionProcess.StartAsync(_program, _environment);
    }

    /// <summary>Starts a process and invokes it.</summary>
    public async Task<(TimeSpan ToNext, TimeSpan ToAnswer, TimeSpan Processor)> MeasureStartAsync(byte[] body)
    {
        await RestartAsync();
        var (_, sinceStart) = await _process!.InvokeAsync(body);
        return (_process.InitDuration, sinceStart, _process.ProcessorTime);
    }

    /// <summary>Invokes the function without measuring.</summary>
    public Task WarmUpAsync(byte[] body) => _process!.InvokeAsync(body);

    /// <summary>Begins a measurement.</summary>
    public Measuring Begin(int records, int delayMilliseconds)
    {
        _delay.Milliseconds = delayMilliseconds;
        _process!.ResetPeak();
        return new Measuring(this, records, delayMilliseconds);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await _proxy.DisposeAsync();
    }

    private async Task EndAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>A measurement of several batches.</summary>
    internal sealed class Measuring(Subject subject, int records, int delayMilliseconds)
    {
        private readonly List<TimeSpan> _times = [];
        private readonly IReadOnlyDictionary<string, long> _calls = subject._proxy.Calls;
        private readonly IReadOnlyDictionary<string, decimal> _units = subject._proxy.CapacityUnits;
        private readonly long _kilobytes = subject._proxy.SentKilobytes.Values.Sum();
        private readonly long _logBytes = subject._process!.LogBytes;
        private readonly TimeSpan _processor = subject._process!.ProcessorTime;

        public async Task InvokeAsync(byte[] body) => _times.Add((await subject._process!.InvokeAsync(body)).Duration);

        public Measured End()
        {
            decimal Per(decimal total) => total / _times.Count;
            var calls = subject._proxy.Calls.ToDictionary(call => call.Key, call => Per(call.Value - _calls.GetValueOrDefault(call.Key)));
            var units = subject._proxy.CapacityUnits.ToDictionary(unit => unit.Key, unit => Per(unit.Value - _units.GetValueOrDefault(unit.Key)));
            return new Measured(
                subject._function,
                subject.Design.Name,
                records,
                delayMilliseconds,
                _times.Count,
                Median.Compute(_times),
                (subject._process!.ProcessorTime - _processor) / _times.Count,
                subject._process.PeakMegabytes,
                calls,
                units.Where(unit => !Reads.Contains(unit.Key)).Sum(unit => unit.Value),
                units.Where(unit => Reads.Contains(unit.Key)).Sum(unit => unit.Value),
                Per(subject._proxy.SentKilobytes.Values.Sum() - _kilobytes),
                Per(subject._process.LogBytes - _logBytes));
        }
    }
}
