using System.Security.Cryptography;
using System.Text;
using Amazon.Kinesis;
using Analytics.Local.Building;
using Analytics.Local.Mapping;
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
    private readonly List<DeployedFunction> _functions = [];
    private readonly List<EventSourceMapping> _mappings = [];
    private readonly List<Task> _running = [];
    private readonly string _temporaryFolder;
    private EmulatorProcess? _emulators;
    private LambdaService? _lambda;
    private IAmazonKinesis? _kinesis;
    private bool _disposed;

    private LocalDeployment(LocalDeploymentOptions options)
    {
        _options = options;
        _temporaryFolder = Path.GetFullPath(Path.Combine(options.WorkFolder, "tmp", Guid.NewGuid().ToString("N")));
    }

    /// <summary>What was made, by logical id, and the template's outputs.</summary>
    public StackResources Resources { get; private set; } = null!;

    /// <summary>Where the services are, and clients for them.</summary>
    public ServiceEndpoints Endpoints { get; private set; } = null!;

    /// <summary>Where Lambda's invocation interface listens.</summary>
    public Uri LambdaEndpoint => _lambda!.Endpoint;

    /// <summary>The functions and what they have done up to now, in the order of the template.</summary>
    public IReadOnlyList<LocalFunction> Functions => [.. _functions.Select(Describe)];

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

    /// <summary>Invokes a function and waits for its answer.</summary>
    /// <param name="function">Its logical id or its name.</param>
    /// <param name="payload">The event, JSON in UTF-8.</param>
    /// <param name="cancellationToken">Ends the invocation.</param>
    /// <exception cref="LocalDeploymentException">There is no such function.</exception>
    public Task<InvocationResult> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var found = _functions.Find(one => one.Model.LogicalId == function || one.Model.Name == function)
            ?? throw new LocalDeploymentException(
                $"there is no function {function}: there are {string.Join(", ", _functions.Select(one => one.Model.LogicalId))}");
        return _lambda!.InvokeAsync(found.Model.Name, payload, null, null, cancellationToken);
    }

    /// <summary>Completes when every mapping has read and settled all that is on its stream.</summary>
    /// <exception cref="LocalDeploymentException">A mapping or the local services ended.</exception>
    public async Task WaitUntilDrainedAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var drained = Task.WhenAll(_mappings.Select(mapping => mapping.WaitUntilDrainedAsync(either.Token)));
        var ended = Task.WhenAny([drained, .. _running]);
        var first = await ended;
        if (first != drained && !drained.IsCompleted)
        {
            await either.CancelAsync();
            await Task.WhenAny(drained, Task.Delay(Timeout.Infinite, CancellationToken.None));
            await first;
            throw new LocalDeploymentException("the deployment is stopping");
        }

        await drained;
    }

    /// <summary>Stops in order: mappings, functions, services. Without effect when it has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stopping.CancelAsync();
        foreach (var mapping in _mappings)
        {
            await mapping.DisposeAsync();
        }

        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_lambda is not null)
        {
            await _lambda.DisposeAsync();
        }

        foreach (var function in _functions)
        {
            await function.Proxy.DisposeAsync();
        }

        _kinesis?.Dispose();
        if (_emulators is not null)
        {
            await _emulators.DisposeAsync();
        }

        _stopping.Dispose();
        if (Directory.Exists(_temporaryFolder))
        {
            Directory.Delete(_temporaryFolder, recursive: true);
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        Func<string, string?> variable = Environment.GetEnvironmentVariable;
        var region = ServiceEndpoints.RegionFromEnvironment(variable);
        var document = TemplateDocument.Load(
            _options.TemplateFile, _options.Parameters, new PseudoParameters(_options.StackName, region));

        // Evaluated once without making anything, so that a wrong template is told before anything is started.
        var plan = await StackEvaluation.RunAsync(document, makeAsync: null);
        var builder = new FunctionBuilder(_options.TemplateFile, _options.WorkFolder, _options.Native, _options.Log);
        await StartServicesAsync(region, variable, cancellationToken);
        var executables = await builder.BuildAsync(plan.Models.OfType<FunctionModel>(), cancellationToken);

        StackEvaluation stack;
        using (var creator = new ResourceCreator(Endpoints, plan.Limitations))
        {
            stack = await StackEvaluation.RunAsync(document, model => creator.CreateAsync(model, cancellationToken));
        }

        Resources = stack.ToResources();
        await StartFunctionsAsync(stack, executables, cancellationToken);
        await StartMappingsAsync(stack, cancellationToken);
        StartSchedules(stack, plan.Limitations);
        foreach (var line in plan.Limitations.Lines())
        {
            _options.Log(line);
        }
    }

    private async Task StartServicesAsync(string region, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var uris = ServiceEndpoints.FromEnvironment(variable);
        var credentials = ServiceEndpoints.CredentialsFromEnvironment(variable);
        if (AwsServices.All.Any(service => !uris.ContainsKey(service)))
        {
            var folder = _options.EmulatorsFolder ?? EmulatorInstaller.FindFolder(_options.TemplateFile);
            _emulators = await EmulatorProcess.StartAsync(folder, region, DataFolder("services"), _options.Log, cancellationToken);
            foreach (var (service, port) in _emulators.Ports.ByService)
            {
                uris.TryAdd(service, new Uri($"http://127.0.0.1:{port}"));
            }

            _running.Add(WatchEmulatorsAsync(_emulators));
        }

        Endpoints = new ServiceEndpoints(uris, region, credentials);
    }

    private async Task StartFunctionsAsync(
        StackEvaluation stack, IReadOnlyDictionary<string, FunctionExecutable> executables, CancellationToken cancellationToken)
    {
        _lambda = await LambdaService.StartAsync(
            new LambdaServiceOptions { Port = _options.LambdaPort ?? 0, Region = Endpoints.Region }, cancellationToken);
        var logs = Path.GetFullPath(Path.Combine(_options.WorkFolder, "logs"));
        Directory.CreateDirectory(logs);
        foreach (var model in stack.Models.OfType<FunctionModel>())
        {
            var executable = executables[model.LogicalId];
            var proxy = await ServiceProxy.StartAsync(model.LogicalId, Endpoints, _options.Faults, cancellationToken);
            var logFile = Path.Combine(logs, $"{model.LogicalId}.log");
            _functions.Add(new DeployedFunction(model, proxy, logFile));
            var environment = new Dictionary<string, string>(model.Environment, StringComparer.Ordinal);
            foreach (var (name, value) in Endpoints.At(proxy.Address).Environment())
            {
                environment[name] = value;
            }

            _lambda.Add(new FunctionConfiguration
            {
                LogicalId = model.LogicalId,
                Name = model.Name,
                Arn = Resources[model.LogicalId].Attributes["Arn"],
                Command = executable.Command,
                Arguments = executable.Arguments,
                WorkingDirectory = executable.Folder,
                Handler = model.Handler,
                Environment = environment,
                MemorySize = model.MemorySize,
                EnforceMemorySize = _options.Native,
                Timeout = model.Timeout,
                LogFile = logFile,
            });
        }
    }

    private string DataFolder(string name) => Path.Combine(_options.DataFolder ?? _temporaryFolder, name);

    private async Task WatchEmulatorsAsync(EmulatorProcess emulators)
    {
        if (await emulators.WaitForUnexpectedExitAsync(_stopping.Token) is { } message)
        {
            var line = $"the local services ended by themselves: {message}";
            _options.Log(line);
            throw new LocalDeploymentException(line);
        }
    }

    private sealed record DeployedFunction(FunctionModel Model, ServiceProxy Proxy, string LogFile);
}
