using Analytics.Local.Faults;
using Analytics.Local.Mapping;
using Analytics.Local.Services;
using Analytics.Local.Template;
using Analytics.Local.Template.Model;

namespace Analytics.Local.Deployment;

/// <summary>The running event source mappings of a deployment.</summary>
internal sealed class MappingFleet : IAsyncDisposable
{
    private readonly OwnedParts _clients;
    private readonly IReadOnlyList<DeployedMapping> _mappings;

    private MappingFleet(OwnedParts clients, IReadOnlyList<DeployedMapping> mappings)
    {
        _clients = clients;
        _mappings = mappings;
    }

    /// <summary>The mappings and their progress, in the order of the template.</summary>
    public IReadOnlyList<LocalMapping> Mappings =>
        [.. _mappings.Select(one => new LocalMapping(one.FunctionId, one.Configuration.StreamArn, one.Configuration.OnFailureDestinationArn, one.Mapping.Shards))];

    /// <summary>Starts the enabled mappings. When it returns, each has its position in the stream.</summary>
    /// <param name="models">The mappings' definitions in the template.</param>
    /// <param name="functions">The functions to invoke.</param>
    /// <param name="invoker">The invoker of the functions.</param>
    /// <param name="resources">The resources of the deployment.</param>
    /// <param name="endpoints">The endpoints of the services.</param>
    /// <param name="checkpointFolder">The folder for the checkpoints.</param>
    /// <param name="metrics">Receives the age of the records.</param>
    /// <param name="unsupported">Receives the disabled mappings.</param>
    /// <param name="options">The deployment's options.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="EventSourceMappingException">A stream, a checkpoint or an on-failure destination cannot be used.</exception>
    public static async Task<MappingFleet> StartAsync(
        IEnumerable<EventSourceMappingModel> models,
        IReadOnlyList<FunctionModel> functions,
        IFunctionInvoker invoker,
        StackResources resources,
        ServiceEndpoints endpoints,
        string checkpointFolder,
        DeploymentMetrics metrics,
        UnsupportedFeatures unsupported,
        LocalDeploymentOptions options,
        CancellationToken cancellationToken)
    {
        var clients = new OwnedParts();
        var mappings = new List<DeployedMapping>();
        var fleet = new MappingFleet(clients, mappings);
        try
        {
            if (options.DeliveryFaults is { } faults)
            {
                invoker = new FaultyInvoker(invoker, faults, name => functions.First(function => function.Name == name).LogicalId);
            }

            var checkpoints = new FileCheckpointStore(checkpointFolder);
            var kinesis = clients.Add(endpoints.CreateKinesis());
            var destinations = new FailureDestinations(
                clients.Add(endpoints.CreateSqs()), clients.Add(endpoints.CreateSns()), clients.Add(endpoints.CreateS3()), TimeProvider.System);
            foreach (var model in models)
            {
                var configuration = MappingConfiguration.Create(model, options.StackName, endpoints.Region, functions, resources);
                if (!model.Enabled)
                {
                    unsupported.AddNote(model.LogicalId, "is not enabled, so no records are read");
                    continue;
                }

                var destination = destinations.For(configuration);
                if (destination is not null && options.FailureDelivered is { } delivered)
                {
                    destination = new ObservedFailureDestination(destination, delivered);
                }

                var mapping = new EventSourceMapping(
                    configuration, kinesis, invoker, checkpoints, destination, TimeProvider.System, options.Log,
                    age => metrics.IteratorAge(configuration.FunctionName, age));
                var functionId = functions.First(function => function.Name == configuration.FunctionName).LogicalId;
                mappings.Add(new DeployedMapping(functionId, configuration, mapping));
            }

            await Task.WhenAll(mappings.Select(one => one.Mapping.StartAsync(cancellationToken)));
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>The combined statistics of a function's mappings.</summary>
    public EventSourceMappingStatistics GetStatistics(string functionName) =>
        OfFunction(functionName).Aggregate(new EventSourceMappingStatistics(), (sum, one) => sum.Plus(one.Mapping.Statistics));

    /// <summary>The maximum batch size of a function's mappings; 0 if it has none.</summary>
    public int GetMaxBatchSize(string functionName) => OfFunction(functionName).Select(one => one.Configuration.BatchSize).DefaultIfEmpty().Max();

    /// <summary>Adds the mappings' counts since the last call to the metrics.</summary>
    public void Count(DeploymentMetrics metrics)
    {
        foreach (var one in _mappings)
        {
            metrics.Count(one.Configuration.Uuid, one.Configuration.FunctionName, one.Mapping.Statistics);
        }
    }

    /// <inheritdoc cref="EventSourceMapping.DrainAsync"/>
    public Task DrainAsync(CancellationToken cancellationToken) => Task.WhenAll(_mappings.Select(one => one.Mapping.DrainAsync(cancellationToken)));

    /// <summary>Completes on cancellation.</summary>
    /// <exception cref="LocalDeploymentException">A mapping ended unexpectedly.</exception>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await await Task.WhenAny(_mappings.Select(one => one.Mapping.Fault).Append(Task.Delay(Timeout.Infinite, cancellationToken)));
        }
        catch (EventSourceMappingException e)
        {
            throw new LocalDeploymentException(e.Message, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_mappings.Select(one => one.Mapping.DisposeAsync().AsTask()));
        await _clients.DisposeAsync();
    }

    private IEnumerable<DeployedMapping> OfFunction(string functionName) => _mappings.Where(one => one.Configuration.FunctionName == functionName);

    private sealed record DeployedMapping(string FunctionId, EventSourceMappingConfiguration Configuration, EventSourceMapping Mapping);
}
