using Amazon.Runtime;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Faults;
using Analytics.Local.Deployment;
using Analytics.Local.Faults;

namespace Analytics.Cli.Up;

/// <summary>Injects faults into a pipeline that keeps running, spread over the next invocations of each function that reads the stream.</summary>
internal sealed class FaultyOperation : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private readonly LocalDeployment _deployment;
    private readonly FaultInjector _injector;
    private readonly int _invocations;
    private readonly CommandContext _context;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _resharding;

    /// <summary>Plans the faults and starts.</summary>
    /// <param name="deployment">The pipeline, started with the injector.</param>
    /// <param name="injector">The faults.</param>
    /// <param name="invocations">Number of invocations of each function over which faults are spread.</param>
    /// <param name="stream">The name of the stream whose shards are split and merged, or null if there is none.</param>
    /// <param name="context">The environment of the command.</param>
    public FaultyOperation(LocalDeployment deployment, FaultInjector injector, int invocations, string? stream, CommandContext context)
    {
        _deployment = deployment;
        _injector = injector;
        _invocations = invocations;
        _context = context;
        injector.Spread(Readers.ToDictionary(function => function.LogicalId, _ => invocations));
        _resharding = stream is null ? Task.CompletedTask : ReshardAsync(stream, _stopping.Token);
    }

    private IEnumerable<LocalFunction> Readers => _deployment.Functions.Where(function => function.BatchSize > 0);

    /// <summary>Stops splits and merges.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _resharding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    /// <summary>Splits and merges are paced by invocations because the number of records is unknown.</summary>
    private async Task ReshardAsync(string stream, CancellationToken cancellationToken)
    {
        using var kinesis = _deployment.Endpoints.CreateKinesis();
        var faults = new ReshardingFaults(new Resharding(kinesis, stream, _context.Clock), _injector);
        var before = Readers.Sum(function => function.Invocations);
        using var timer = new PeriodicTimer(Step, _context.Clock);
        while (!faults.IsDone && await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                var readers = Readers.ToList();
                await faults.CatchUpAsync(readers.Sum(function => function.Invocations) - before, (long)_invocations * readers.Count, cancellationToken);
            }
            catch (Exception e) when (e is AmazonServiceException or HttpRequestException)
            {
                _context.Terminal.Note($"A split or merge failed: {e.Message}");
            }
        }
    }
}
