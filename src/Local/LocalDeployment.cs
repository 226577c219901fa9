using Analytics.Local.Building;
using Analytics.Local.Faults;
using Analytics.Local.Mapping;
using Analytics.Local.Metrics;
using Analytics.Local.Runtime;
using Analytics.Local.Scheduling;
using Analytics.Local.Services;
using Analytics.Local.Template;
using Analytics.Local.Template.Model;

namespace Analytics.Local;

/// <summary>
/// A template deployed on this machine: its stream, tables, bucket, topics and queues at local services, its functions as
/// processes behind the Runtime API, its event source mappings reading. Everything listens on 127.0.0.1 only.
/// </summary>
public sealed class LocalDeployment : IAsyncDisposable
{
    private readonly LocalDeploymentOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<DeployedFunction> _functions = [];
    private readonly List<DeployedMapping> _mappings = [];
    private readonly List<IDisposable> _clients = [];
    private readonly List<Task> _background = [];
    private readonly LocalLimitations _limitations = new();
    private readonly MetricStore _metrics = new(TimeProvider.System);
    private readonly LambdaMetrics _lambdaMetrics;
    private MetricsApi? _metricsApi;
    private TemporaryFolder? _temporaryFolder;
    private EmulatorProcess? _emulators;
    private LambdaService? _lambda;
    private bool _disposed;

    private LocalDeployment(LocalDeploymentOptions options)
    {
        _options = options;
        _lambdaMetrics = new LambdaMetrics(_metrics, TimeProvider.System);
    }

    /// <summary>What was made, by logical id, and the template's outputs.</summary>
    public StackResources Resources { get; private set; } = null!;

    /// <summary>Where the services are, and clients for them.</summary>
    public ServiceEndpoints Endpoints { get; private set; } = null!;

    /// <summary>Where Lambda's invocation interface listens.</summary>
    public Uri LambdaEndpoint => _lambda!.Endpoint;

    /// <summary>The functions and what they have done up to now, in the order of the template.</summary>
    public IReadOnlyList<LocalFunction> Functions => [.. _functions.Select(Describe)];

    /// <summary>The event source mappings and how far they are, in the order of the template.</summary>
    public IReadOnlyList<LocalMapping> Mappings =>
        [.. _mappings.Select(one => new LocalMapping(one.FunctionId, one.StreamArn, one.OnFailureArn, one.Mapping.Shards))];

    /// <summary>Where other processes of this machine read <see cref="ReadMetrics"/>, as lines of JSON.</summary>
    public Uri MetricsEndpoint => _metricsApi!.Endpoint;

    /// <summary>Faults with a <see cref="LocalDeploymentException"/> when a mapping or the local services end by themselves; never completes otherwise.</summary>
    public Task Fault => _fault.Task;

    /// <summary>The process of the local services; null when others are used in their place.</summary>
    internal int? ServicesProcessId => _emulators?.Id;

    /// <summary>Deploys a template. When it returns, every mapping has its place in the stream, so LATEST misses nothing put after.</summary>
    /// <exception cref="LocalDeploymentException">
    /// The template is wrong, something is missing on this machine, a build fails, or a port is in use; one line says what.
    /// </exception>
    public static async Task<LocalDeployment> StartAsync(LocalDeploymentOptions options, CancellationToken cancellationToken)
    {
        var deployment = new LocalDeployment(options);
        try
        {
            await deployment.StartAsync(cancellationToken);
            return deployment;
        }
        catch (Exception e) when (e is LambdaServiceException or EventSourceMappingException)
        {
            await deployment.DisposeAsync();
            throw new LocalDeploymentException(e.Message, e);
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads a template's functions without making or starting anything.</summary>
    /// <returns>Their names, by logical id, in the order of the template.</returns>
    /// <exception cref="LocalDeploymentException">The template is wrong; one line says what.</exception>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> ReadFunctionsAsync(LocalDeploymentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var document = Load(options, ServiceEndpoints.RegionFromEnvironment(options.Variable));
        var plan = await StackEvaluation.RunAsync(document, new LocalLimitations(), makeAsync: null);
        return [.. InOrder(plan.Models, document).Select(function => KeyValuePair.Create(function.LogicalId, function.Name))];
    }

    /// <summary>
    /// The metrics of the last hours, by the minute: those that functions write to their logs in the embedded metric format, and Lambda's own
    /// of functions and event source mappings.
    /// </summary>
    public IReadOnlyList<MetricValue> ReadMetrics()
    {
        CountEvents();
        return _metrics.Read();
    }

    /// <summary>Invokes a function and waits for its answer.</summary>
    /// <param name="function">Its logical id or its name.</param>
    /// <param name="payload">The event, JSON in UTF-8.</param>
    /// <param name="cancellationToken">Ends the invocation.</param>
    /// <exception cref="LocalDeploymentException">There is no such function, or it cannot be started.</exception>
    public async Task<InvocationResult> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var found = _functions.Find(one => one.Model.LogicalId == function || one.Model.Name == function)
            ?? throw new LocalDeploymentException(
                $"there is no function {function}: there are {string.Join(", ", _functions.Select(one => one.Model.LogicalId))}");
        try
        {
            return await _lambda!.InvokeAsync(found.Model.Name, payload, null, null, cancellationToken);
        }
        catch (LambdaServiceException e)
        {
            throw new LocalDeploymentException(e.Message, e);
        }
    }

    /// <summary>Completes when every mapping has read and settled all that is on its stream now.</summary>
    /// <exception cref="LocalDeploymentException">A mapping or the local services have ended.</exception>
    public async Task WaitUntilDrainedAsync(CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var drained = Task.WhenAll(_mappings.Select(one => one.Mapping.WaitUntilDrainedAsync(waiting.Token)));
        if (await Task.WhenAny(drained, _fault.Task) != drained)
        {
            await waiting.CancelAsync();
            await drained.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _fault.Task;
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

    /// <summary>Stops in order: schedules, mappings, functions, services. Without effect when it has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stopping.CancelAsync();
        await Task.WhenAll(_background).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_mappings.Select(one => one.Mapping.DisposeAsync().AsTask()));
        _clients.ForEach(client => client.Dispose());
        if (_lambda is not null)
        {
            await _lambda.DisposeAsync();
        }

        await Task.WhenAll(_functions.Select(function => function.Proxy.DisposeAsync().AsTask()));
        if (_metricsApi is not null)
        {
            await _metricsApi.DisposeAsync();
        }

        if (_emulators is not null)
        {
            await _emulators.DisposeAsync();
        }

        _temporaryFolder?.Dispose();
        _stopping.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var region = ServiceEndpoints.RegionFromEnvironment(_options.Variable);
        var document = Load(_options, region);

        // Evaluated once without making anything, so that a wrong template is told before anything is started.
        var plan = await StackEvaluation.RunAsync(document, _limitations, makeAsync: null);
        var models = plan.Models;
        MappingConfiguration.RequireDistinct(models.OfType<EventSourceMappingModel>(), _options.StackName);
        var executables = await StartServicesAndBuildAsync(models.OfType<FunctionModel>(), region, cancellationToken);
        using (var creator = new ResourceCreator(Endpoints, _limitations))
        {
            var stack = await StackEvaluation.RunAsync(
                document, new LocalLimitations(), model => creator.CreateAsync(model, cancellationToken));
            models = stack.Models;
            Resources = stack.ToResources();
        }

        var functions = InOrder(models, document);
        await StartFunctionsAsync(functions, executables, cancellationToken);
        await StartMappingsAsync(models.OfType<EventSourceMappingModel>(), functions, cancellationToken);
        _metricsApi = await MetricsApi.StartAsync(ReadMetrics, cancellationToken);
        _background.Add(CountEventsAsync());
        StartSchedules(models.OfType<ScheduleModel>(), document.Pseudo.AccountId);
        foreach (var line in _limitations.Lines())
        {
            _options.Log(line);
        }
    }

    private static TemplateDocument Load(LocalDeploymentOptions options, string region) =>
        TemplateDocument.Load(options.TemplateFile, options.Parameters, new PseudoParameters(options.StackName, region), options.ParameterDefaults);

    private static List<FunctionModel> InOrder(IEnumerable<ResourceModel> models, TemplateDocument document)
    {
        var order = document.ResourcesById.Keys.ToList();
        return [.. models.OfType<FunctionModel>().OrderBy(function => order.IndexOf(function.LogicalId))];
    }

    private async Task<IReadOnlyDictionary<string, FunctionExecutable>> StartServicesAndBuildAsync(
        IEnumerable<FunctionModel> functions, string region, CancellationToken cancellationToken)
    {
        _temporaryFolder = TemporaryFolder.Create(_options.WorkFolder);
        var builder = new FunctionBuilder(_options.TemplateFile, _options.WorkFolder, _options.Native, _options.Log);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var services = StartServicesAsync(region, either.Token);
        var builds = builder.BuildAsync(functions, either.Token);
        var first = await Task.WhenAny(services, builds);
        if (!first.IsCompletedSuccessfully)
        {
            await either.CancelAsync();
            await Task.WhenAll(services, builds).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await first;
        }

        await services;
        return await builds;
    }

    private async Task StartServicesAsync(string region, CancellationToken cancellationToken)
    {
        var uris = ServiceEndpoints.FromEnvironment(_options.Variable);
        if (AwsServices.All.Any(service => !uris.ContainsKey(service)))
        {
            var folder = _options.EmulatorsFolder ?? EmulatorInstaller.FindFolder(_options.TemplateFile);
            _emulators = await EmulatorProcess.StartAsync(folder, region, DataFolder("services"), _options.Log, cancellationToken);
            foreach (var (service, port) in _emulators.Ports.ByService)
            {
                uris.TryAdd(service, new Uri($"http://127.0.0.1:{port}"));
            }

            _background.Add(WatchAsync(_emulators));
        }

        Endpoints = new ServiceEndpoints(uris, region, ServiceEndpoints.CredentialsFromEnvironment(_options.Variable));
    }

    private async Task StartFunctionsAsync(
        IReadOnlyList<FunctionModel> functions,
        IReadOnlyDictionary<string, FunctionExecutable> executables,
        CancellationToken cancellationToken)
    {
        _lambda = await LambdaService.StartAsync(
            new LambdaServiceOptions
            {
                Port = _options.LambdaPort ?? 0,
                Region = Endpoints.Region,
                Faults = _options.InvocationFaults,
                LineWritten = (_, line) => AddMetrics(line),
                Invoked = _lambdaMetrics.Invoked,
            },
            cancellationToken);
        var logs = Directory.CreateDirectory(Path.Combine(_options.WorkFolder, "logs")).FullName;
        foreach (var model in functions)
        {
            var proxy = await ServiceProxy.StartAsync(model.LogicalId, Endpoints, _options.Faults, cancellationToken);
            var log = Path.Combine(logs, $"{model.LogicalId}.log");
            var function = new DeployedFunction(model, proxy, log, LengthOf(log), UsesOf(model));
            _functions.Add(function);
            _lambda.Add(Configure(function, executables[model.LogicalId]));
        }
    }

    private FunctionConfiguration Configure(DeployedFunction function, FunctionExecutable executable)
    {
        var environment = new Dictionary<string, string>(function.Model.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in Endpoints.At(function.Proxy.Address).Environment())
        {
            environment[name] = value;
        }

        return new FunctionConfiguration
        {
            LogicalId = function.Model.LogicalId,
            Name = function.Model.Name,
            Arn = Resources[function.Model.LogicalId].Attributes["Arn"],
            Command = executable.Command,
            Arguments = executable.Arguments,
            WorkingDirectory = executable.Folder,
            Handler = function.Model.Handler,
            Environment = environment,
            MemorySize = function.Model.MemorySize,
            EnforceMemorySize = executable.IsAsDeployed,
            ReservedConcurrency = function.Model.ReservedConcurrency,
            Timeout = function.Model.Timeout,
            LogFile = function.LogFile,
        };
    }

    private async Task StartMappingsAsync(
        IEnumerable<EventSourceMappingModel> models, IReadOnlyList<FunctionModel> functions, CancellationToken cancellationToken)
    {
        IFunctionInvoker invoker = new LambdaInvoker(_lambda!);
        if (_options.DeliveryFaults is { } deliveryFaults)
        {
            invoker = new FaultyInvoker(invoker, deliveryFaults, name => functions.First(function => function.Name == name).LogicalId);
        }

        var checkpoints = new FileCheckpointStore(DataFolder("checkpoints"));
        var kinesis = Keep(Endpoints.CreateKinesis());
        var destinations = new FailureDestinations(
            Keep(Endpoints.CreateSqs()), Keep(Endpoints.CreateSns()), Keep(Endpoints.CreateS3()), TimeProvider.System);
        foreach (var model in models)
        {
            var configuration = MappingConfiguration.Create(model, _options.StackName, Endpoints.Region, functions, Resources);
            if (!model.Enabled)
            {
                _limitations.AddNote(model.LogicalId, "is not enabled, so nothing is read");
                continue;
            }

            var mapping = new EventSourceMapping(
                configuration, kinesis, invoker, checkpoints, Observe(destinations.For(configuration)), TimeProvider.System, _options.Log,
                age => _lambdaMetrics.IteratorAge(configuration.FunctionName, age));
            var functionId = functions.First(function => function.Name == configuration.FunctionName).LogicalId;
            _mappings.Add(new DeployedMapping(
                configuration.Uuid, functionId, configuration.FunctionName, configuration.StreamArn, configuration.OnFailureDestinationArn,
                configuration.BatchSize, mapping));
        }

        await Task.WhenAll(_mappings.Select(one => one.Mapping.StartAsync(cancellationToken)));
        _background.AddRange(_mappings.Select(one => WatchAsync(one.Mapping)));
    }

    private IFailureDestination? Observe(IFailureDestination? destination) =>
        destination is not null && _options.FailureDelivered is { } delivered ? new ObservedFailureDestination(destination, delivered) : destination;

    private void StartSchedules(IEnumerable<ScheduleModel> schedules, string accountId)
    {
        foreach (var schedule in schedules.Where(schedule => schedule.Enabled))
        {
            if (!ScheduleRate.TryParse(schedule.Expression, out var period))
            {
                _limitations.AddNote(schedule.LogicalId, "does not run here: only rate(...) up to 45 days does");
                continue;
            }

            foreach (var (function, input) in schedule.Targets)
            {
                var runner = new ScheduleRunner(
                    Resources[schedule.LogicalId].Attributes["Arn"], Endpoints.Region, accountId, period, input, TimeProvider.System);
                _background.Add(runner.RunAsync((payload, token) => InvokeOnScheduleAsync(function, payload, token), _stopping.Token));
            }
        }
    }

    private async Task InvokeOnScheduleAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        try
        {
            // What it answers, and that it failed, is in its log and its figures.
            await InvokeAsync(function[(function.LastIndexOf(':') + 1)..], payload, cancellationToken);
        }
        catch (LocalDeploymentException e)
        {
            _options.Log(e.Message);
        }
    }

    private async Task WatchAsync(EmulatorProcess emulators)
    {
        if (await emulators.WaitForUnexpectedExitAsync(_stopping.Token) is { } message)
        {
            _fault.TrySetException(new LocalDeploymentException($"the local services ended by themselves: {message}"));
        }
    }

    private async Task WatchAsync(EventSourceMapping mapping)
    {
        try
        {
            await mapping.Fault.WaitAsync(_stopping.Token);
        }
        catch (EventSourceMappingException e)
        {
            _fault.TrySetException(new LocalDeploymentException(e.Message, e));
        }
    }

    private void AddMetrics(string line)
    {
        foreach (var datum in EmbeddedMetricFormat.Read(line))
        {
            _metrics.Add(datum);
        }
    }

    private void CountEvents() => _mappings.ForEach(one => _lambdaMetrics.Count(one.Uuid, one.FunctionName, one.Mapping.Statistics));

    /// <summary>Counts often enough for each event to be counted in its minute, or the next one.</summary>
    private async Task CountEventsAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            CountEvents();
        }
    }

    private string DataFolder(string name) => Path.Combine(_options.DataFolder ?? _temporaryFolder!.FullPath, name);

    private LocalFunction Describe(DeployedFunction function)
    {
        var statistics = _lambda!.Statistics(function.Model.Name);
        var mappings = _mappings.Where(one => one.FunctionName == function.Model.Name).ToList();
        var events = mappings.Aggregate(new EventSourceMappingStatistics(), (sum, one) => sum.Plus(one.Mapping.Statistics));
        return new LocalFunction(
            function.Model.LogicalId, function.Model.Name, statistics.Invocations, statistics.Errors, events.Records, events.DroppedEventCount, events.DestinationDeliveryFailures, function.Proxy.Calls, function.Proxy.SentKilobytes,
            statistics.Duration, function.LogFile, LengthOf(function.LogFile) - function.LogStart,
            mappings.Select(one => one.BatchSize).DefaultIfEmpty().Max())
        {
            Statistics = statistics,
            CapacityUnits = function.Proxy.CapacityUnits,
            InFlight = _lambda.InFlight(function.Model.Name),
            Uses = function.Uses,
        };
    }

    /// <summary>The logical ids of the resources that a function's environment variables name by what <c>Ref</c> or the ARN gives.</summary>
    private IReadOnlyList<string> UsesOf(FunctionModel function)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in Resources.All)
        {
            names.TryAdd(resource.PhysicalId, resource.LogicalId);
            if (resource.Attributes.TryGetValue("Arn", out var arn))
            {
                names.TryAdd(arn, resource.LogicalId);
            }
        }

        return [.. function.Environment.Values.Select(value => names.GetValueOrDefault(value)).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private T Keep<T>(T client)
        where T : IDisposable
    {
        _clients.Add(client);
        return client;
    }

    private sealed record DeployedMapping(
        string Uuid, string FunctionId, string FunctionName, string StreamArn, string? OnFailureArn, int BatchSize, EventSourceMapping Mapping);

    private static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    private sealed record DeployedFunction(FunctionModel Model, ServiceProxy Proxy, string LogFile, long LogStart, IReadOnlyList<string> Uses);
}
