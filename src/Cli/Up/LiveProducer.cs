using Amazon.Kinesis;
using Amazon.Runtime;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Sending;
using Analytics.Dashboard.Controls;
using Analytics.Local.Deployment;
using Analytics.Local.Faults;

namespace Analytics.Cli.Up;

/// <summary>Sends sample events, splits and merges shards, and injects faults on behalf of the live page.</summary>
internal sealed class LiveProducer : IPipelineControls, IAsyncDisposable
{
    private const int SpikeErrors = 200;
    private const int BurstMalformed = 10;
    private const string HotKey = "hot-key";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RestAfterTrouble = TimeSpan.FromSeconds(2);

    private static readonly FaultKind[] Faults =
    [
        FaultKind.KillBefore, FaultKind.KillDuring, FaultKind.KillAfter, FaultKind.Timeout, FaultKind.Throttle, FaultKind.Error,
        FaultKind.LostReply, FaultKind.Delay, FaultKind.Outage, FaultKind.Duplicate,
    ];

    private readonly IReadOnlyList<string> _readers;
    private readonly FaultInjector _injector;
    private readonly TimeProvider _clock;
    private readonly IAmazonKinesis _kinesis;
    private readonly string? _stream;
    private readonly SeededRandom _random;
    private readonly SampleMix _mix;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _resharding = new(1);
    private readonly Task _sending;
    private volatile ProducerSettings _settings;
    private volatile string? _trouble;
    private long _sent;
    private long _malformed;
    private int _nextReader;

    /// <summary>Starts sending.</summary>
    /// <param name="deployment">The pipeline.</param>
    /// <param name="stream">The stream's name, or null if the template has none.</param>
    /// <param name="injector">Injects faults into the pipeline.</param>
    /// <param name="rate">Initial rate in events per second.</param>
    /// <param name="clock">The clock for event times and pacing.</param>
    public LiveProducer(LocalDeployment deployment, string? stream, FaultInjector injector, int rate, TimeProvider clock)
    {
        _readers = [.. deployment.Functions.Where(function => function.BatchSize > 0).Select(function => function.LogicalId)];
        _injector = injector;
        _clock = clock;
        _stream = stream;
        _kinesis = deployment.Endpoints.CreateKinesis();
        var seed = (ulong)clock.GetUtcNow().ToUnixTimeMilliseconds();
        _random = new SeededRandom(seed);
        _mix = new SampleMix(seed, clock);
        _settings = new ProducerSettings { Rate = rate, Mix = SampleMix.Default };
        _sending = stream is null ? Task.CompletedTask : Task.Run(() => SendAsync(stream, _stopping.Token));
    }

    /// <inheritdoc/>
    public ProducerState State => new(
        _settings, Interlocked.Read(ref _sent), Interlocked.Read(ref _malformed), [.. Faults.Select(FaultSpec.GetName)], _trouble);

    /// <inheritdoc/>
    public void Set(ProducerSettings settings) => _settings = settings;

    /// <inheritdoc/>
    public Task SendAsync(BurstKind kind, CancellationToken cancellationToken)
    {
        IEnumerable<OutgoingRecord> records = kind switch
        {
            BurstKind.ErrorSpike => Enumerable.Range(0, SpikeErrors).Select(_ => _mix.Error()),
            BurstKind.Malformed => Enumerable.Range(0, BurstMalformed).Select(_ => _mix.Malformed()),
            _ => [_mix.HighValueOrder()],
        };
        List<OutgoingRecord> all;
        lock (_mix)
        {
            all = [.. records];
        }

        return PutAsync(Require(), all, kind == BurstKind.Malformed ? all.Count : 0, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string> ReshardAsync(bool isSplit, CancellationToken cancellationToken)
    {
        var resharding = new Resharding(_kinesis, Require(), _clock);
        await _resharding.WaitAsync(cancellationToken);
        try
        {
            if (isSplit)
            {
                await resharding.SplitAsync(cancellationToken);
                return "Split the widest shard.";
            }

            return await resharding.MergeAsync(cancellationToken) ? "Merged the two narrowest adjacent shards." : "There is only one shard. Split it first.";
        }
        finally
        {
            _resharding.Release();
        }
    }

    /// <inheritdoc/>
    public string Inject(string fault)
    {
        if (!FaultSpec.TryParseKind(fault, out var kind) || _readers.Count == 0)
        {
            return "There is no function to inject a fault into.";
        }

        var function = _readers[(int)((uint)Interlocked.Increment(ref _nextReader) % (uint)_readers.Count)];
        _injector.Add(kind, function);
        return $"{fault} will hit the next batch of {function}.";
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _resharding.Dispose();
        _kinesis.Dispose();
    }

    private string Require() => _stream ?? throw new InvalidOperationException("The template has no stream to send to.");

    private async Task SendAsync(string stream, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Step, _clock);
        var last = _clock.GetTimestamp();
        var due = 0.0;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var settings = _settings;
            var elapsed = _clock.GetElapsedTime(last);
            last = _clock.GetTimestamp();
            // Records that the stream did not accept within a second are not made up for.
            due = Math.Min(settings.Rate, due + (settings.Rate * elapsed.TotalSeconds));
            if (due < 1)
            {
                continue;
            }

            var (records, events, malformed) = Next(settings, (int)due);
            due -= events;
            try
            {
                await PutAsync(stream, records, malformed, cancellationToken);
                _trouble = null;
            }
            catch (Exception e) when (e is UserException or AmazonServiceException or HttpRequestException)
            {
                _trouble = e.Message;
                await Task.Delay(RestAfterTrouble, _clock, cancellationToken);
            }
        }
    }

    private (List<OutgoingRecord> Records, int Events, int Malformed) Next(ProducerSettings settings, int count)
    {
        var records = new List<OutgoingRecord>(count);
        var events = 0;
        var malformed = 0;
        lock (_mix)
        {
            while (events < count)
            {
                OutgoingRecord record;
                if (_random.Chance(settings.MalformedPercent / 100.0))
                {
                    record = _mix.Malformed();
                    malformed++;
                }
                else
                {
                    record = _mix.Next(settings.Mix);
                }

                records.Add(_random.Chance(settings.HotKeyPercent / 100.0) ? record with { PartitionKey = HotKey } : record);
                events += record.UserRecords;
            }
        }

        return (records, events, malformed);
    }

    private async Task PutAsync(string stream, List<OutgoingRecord> records, int malformed, CancellationToken cancellationToken)
    {
        var sender = new RecordSender(new KinesisSink(_kinesis, stream), _clock)
        {
            Accepted = (record, _) => Interlocked.Add(ref _sent, record.UserRecords),
        };
        await sender.SendAsync(records, rate: null, cancellationToken);
        Interlocked.Add(ref _malformed, malformed);
    }
}
