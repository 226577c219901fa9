using Analytics.Local.Building;
using Analytics.Local.Mapping;
using Analytics.Local.Metrics;
using Analytics.Local.Runtime;
using Analytics.Local.Services;
using Analytics.Local.Template;
using Analytics.Local.Template.Model;

namespace Analytics.Local.Deployment;

/// <summary>
/// A template deployed on this machine: its stream, tables, bucket, topics and queues at local services, its functions as
/// processes behind the Runtime API, and its event source mappings. Everything listens on 127.0.0.1 only.
/// </summary>
public sealed class LocalDeployment : IAsyncDisposable
{
    private readonly OwnedParts _parts;
    private readonly DeploymentServices _services;
    private readonly FunctionFleet _functions;
    private readonly MappingFleet _mappings;
    private readonly DeploymentMetrics _metrics;
    private readonly MetricsApi _metricsApi;
    private readonly BackgroundTasks _background;

    private LocalDeployment(
        OwnedParts parts,
        DeploymentServices services,
        StackResources resources,
        FunctionFleet functions,
        MappingFleet mappings,
        DeploymentMetrics metrics,
        MetricsApi metricsApi,
        BackgroundTasks background)
    {
        _parts = parts;
        _services = services;
        Resources = resources;
        _functions = functions;
        _mappings = mappings;
        _metrics = metrics;
        _metricsApi = metricsApi;
        _background = background;
    }

    /// <summary>The created resources by logical ID, and the template's outputs.</summary>
    public StackResources Resources { get; }

    /// <summary>The endpoints of the services, and clients for them.</summary>
    public ServiceEndpoints Endpoints => _services.Endpoints;

    /// <summary>The address of the Lambda endpoint.</summary>
    public Uri LambdaEndpoint => _functions.Endpoint;

    /// <summary>The functions and their current statistics, in the order of the template.</summary>
    public IReadOnlyList<LocalFunction> Functions => _functions.Describe(_mappings);

    /// <summary>The event source mappings and their progress, in the order of the template.</summary>
    public IReadOnlyList<LocalMapping> Mappings => _mappings.Mappings;

    /// <summary>The address where other processes on this machine read <see cref="ReadMetrics"/> as lines of JSON.</summary>
    public Uri MetricsEndpoint => _metricsApi.Endpoint;

    /// <summary>Faults with a <see cref="LocalDeploymentException"/> if a mapping or the local services end unexpectedly; never completes otherwise.</summary>
    public Task Fault => _background.Fault;

    /// <summary>The process ID of the local services, or null if other endpoints are used.</summary>
    internal int? ServicesProcessId => _services.ProcessId;

    /// <summary>Deploys a template. When it returns, every mapping has its position in the stream, so LATEST misses no records put afterwards.</summary>
    /// <exception cref="LocalDeploymentException">
    /// The template is invalid, a prerequisite is missing on this machine, a build fails, or a port is in use; the message is one line.
    /// </exception>
    public static async Task<LocalDeployment> StartAsync(LocalDeploymentOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var parts = new OwnedParts();
        try
        {
            return await StartAsync(options, parts, cancellationToken);
        }
        catch (Exception e) when (e is LambdaServiceException or EventSourceMappingException)
        {
            await parts.DisposeAsync();
            throw new LocalDeploymentException(e.Message, e);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads a template's functions without creating or starting anything.</summary>
    /// <returns>The names by logical ID, in the order of the template.</returns>
    /// <exception cref="LocalDeploymentException">The template is invalid; the message is one line.</exception>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> ReadFunctionsAsync(LocalDeploymentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var document = Load(options, ServiceEndpoints.RegionFromEnvironment(options.Variable));
        var plan = await StackEvaluation.RunAsync(document, new UnsupportedFeatures(), makeAsync: null);
        return [.. InOrder(plan.Models, document).Select(function => KeyValuePair.Create(function.LogicalId, function.Name))];
    }

    /// <summary>
    /// Returns the metrics of the last hours per minute: those that functions log in the embedded metric format, and Lambda's metrics
    /// of functions and event source mappings.
    /// </summary>
    public IReadOnlyList<MetricValue> ReadMetrics() => _metrics.Read(_mappings);

    /// <summary>Invokes a function and waits for its response.</summary>
    /// <param name="function">The function's logical ID or name.</param>
    /// <param name="payload">The event, JSON in UTF-8.</param>
    /// <param name="cancellationToken">Cancels the invocation.</param>
    /// <exception cref="LocalDeploymentException">There is no such function, or it cannot be started.</exception>
    public Task<InvocationResult> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        _functions.InvokeAsync(function, payload, cancellationToken);

    /// <summary>
    /// Has every mapping deliver all records that are currently on its stream without waiting for the end of batching windows, and completes when
    /// they are settled.
    /// </summary>
    /// <exception cref="LocalDeploymentException">A mapping or the local services have ended.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var drained = _mappings.DrainAsync(waiting.Token);
        if (await Task.WhenAny(drained, Fault) != drained)
        {
            await waiting.CancelAsync();
            await drained.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Fault;
        }

        try
        {
            await drained;
        }
        catch (EventSourceMappingException e)
        {
            throw new LocalDeploymentException(e.Message, e);
        }
    }

    /// <summary>Stops schedules, mappings, functions and services, in this order. No effect if already stopped.</summary>
    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private static async Task<LocalDeployment> StartAsync(LocalDeploymentOptions options, OwnedParts parts, CancellationToken cancellationToken)
    {
        var region = ServiceEndpoints.RegionFromEnvironment(options.Variable);
        var document = Load(options, region);
        var unsupported = new UnsupportedFeatures();

        // Evaluated once without creating anything, so that an invalid template is reported before anything is started.
        var plan = await StackEvaluation.RunAsync(document, unsupported, makeAsync: null);
        MappingConfiguration.RequireDistinct(plan.Models.OfType<EventSourceMappingModel>(), options.StackName);

        var temporary = parts.Add(DeploymentFolder.Create(options.WorkFolder));
        var dataFolder = options.DataFolder ?? temporary.FullPath;
        var (services, executables) = await StartServicesAndBuildAsync(
            plan.Models.OfType<FunctionModel>(), region, Path.Combine(dataFolder, "services"), options, parts, cancellationToken);
        var stack = await CreateResourcesAsync(document, services.Endpoints, unsupported, cancellationToken);
        var resources = stack.ToResources();
        var functionModels = InOrder(stack.Models, document);

        var metrics = new DeploymentMetrics();
        var functions = parts.Add(await FunctionFleet.StartAsync(
            functionModels, executables, resources, services.Endpoints, metrics, options, cancellationToken));
        var mappings = parts.Add(await MappingFleet.StartAsync(
            stack.Models.OfType<EventSourceMappingModel>(),
            functionModels,
            functions.CreateInvoker(),
            resources,
            services.Endpoints,
            Path.Combine(dataFolder, "checkpoints"),
            metrics,
            unsupported,
            options,
            cancellationToken));
        var metricsApi = parts.Add(await MetricsApi.StartAsync(() => metrics.Read(mappings), cancellationToken));
        var schedules = ScheduleFleet.Create(stack.Models.OfType<ScheduleModel>(), resources, document.Pseudo, unsupported);
        var background = parts.Add(new BackgroundTasks());
        background.Start(services.WatchAsync);
        background.Start(mappings.WatchAsync);
        background.Start(token => metrics.CountAsync(mappings, token));
        background.Start(token => schedules.RunAsync(functions, options.Log, token));
        foreach (var line in unsupported.Lines())
        {
            options.Log(line);
        }

        return new LocalDeployment(parts, services, resources, functions, mappings, metrics, metricsApi, background);
    }

    private static TemplateDocument Load(LocalDeploymentOptions options, string region) =>
        TemplateDocument.Load(options.TemplateFile, options.Parameters, new PseudoParameters(options.StackName, region), options.ParameterDefaults);

    private static List<FunctionModel> InOrder(IEnumerable<ResourceModel> models, TemplateDocument document)
    {
        var order = document.ResourcesById.Keys.ToList();
        return [.. models.OfType<FunctionModel>().OrderBy(function => order.IndexOf(function.LogicalId))];
    }

    private static async Task<StackEvaluation> CreateResourcesAsync(
        TemplateDocument document, ServiceEndpoints endpoints, UnsupportedFeatures unsupported, CancellationToken cancellationToken)
    {
        using var creator = new ResourceCreator(endpoints, unsupported);
        return await StackEvaluation.RunAsync(document, new UnsupportedFeatures(), model => creator.CreateAsync(model, cancellationToken));
    }

    /// <summary>Starts the services and builds the functions concurrently; if one fails, the other is cancelled.</summary>
    private static async Task<(DeploymentServices Services, IReadOnlyDictionary<string, FunctionExecutable> Executables)> StartServicesAndBuildAsync(
        IEnumerable<FunctionModel> functions,
        string region,
        string dataFolder,
        LocalDeploymentOptions options,
        OwnedParts parts,
        CancellationToken cancellationToken)
    {
        var builder = new FunctionBuilder(options.TemplateFile, options.WorkFolder, options.Native, options.Log);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var starting = StartServicesAsync();
        var builds = builder.BuildAsync(functions, either.Token);
        var first = await Task.WhenAny(starting, builds);
        if (!first.IsCompletedSuccessfully)
        {
            await either.CancelAsync();
            await Task.WhenAll(starting, builds).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await first;
        }

        return (await starting, await builds);

        async Task<DeploymentServices> StartServicesAsync() => parts.Add(await DeploymentServices.StartAsync(options, region, dataFolder, either.Token));
    }
}
