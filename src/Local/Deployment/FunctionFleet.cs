using Analytics.Local.Building;
using Analytics.Local.Mapping;
using Analytics.Local.Runtime;
using Analytics.Local.Services;
using Analytics.Local.Template;
using Analytics.Local.Template.Model;

namespace Analytics.Local.Deployment;

/// <summary>The functions of a deployment: a local Lambda with a process for each environment, and a proxy between each function and the services.</summary>
internal sealed class FunctionFleet : IAsyncDisposable
{
    private readonly OwnedParts _parts;
    private readonly IReadOnlyList<DeployedFunction> _functions;
    private readonly LambdaService _lambda;

    private FunctionFleet(OwnedParts parts, IReadOnlyList<DeployedFunction> functions, LambdaService lambda)
    {
        _parts = parts;
        _functions = functions;
        _lambda = lambda;
    }

    /// <summary>The address of the Lambda endpoint.</summary>
    public Uri Endpoint => _lambda.Endpoint;

    /// <summary>Starts the Lambda service with the functions; their processes start on invocation.</summary>
    /// <exception cref="LambdaServiceException">The port is in use, or two functions have the same name.</exception>
    public static async Task<FunctionFleet> StartAsync(
        IReadOnlyList<FunctionModel> models,
        IReadOnlyDictionary<string, FunctionExecutable> executables,
        StackResources resources,
        ServiceEndpoints endpoints,
        DeploymentMetrics metrics,
        LocalDeploymentOptions options,
        CancellationToken cancellationToken)
    {
        var parts = new OwnedParts();
        try
        {
            var logs = Directory.CreateDirectory(Path.Combine(options.WorkFolder, "logs")).FullName;
            var functions = new List<DeployedFunction>();
            foreach (var model in models)
            {
                var proxy = parts.Add(await ServiceProxy.StartAsync(model.LogicalId, endpoints, options.Faults, cancellationToken));
                functions.Add(DeployedFunction.Create(model, proxy, Path.Combine(logs, $"{model.LogicalId}.log"), resources));
            }

            // After the proxies, so that it stops before them and running functions can still reach the services.
            var lambda = parts.Add(await LambdaService.StartAsync(
                new LambdaServiceOptions
                {
                    Port = options.LambdaPort ?? 0,
                    Region = endpoints.Region,
                    Faults = options.InvocationFaults,
                    LineWritten = (_, line) => metrics.AddLine(line),
                    Invoked = metrics.Invoked,
                },
                cancellationToken));
            foreach (var function in functions)
            {
                lambda.Add(Configure(function, executables[function.Model.LogicalId], resources, endpoints));
            }

            return new FunctionFleet(parts, functions, lambda);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>The invoker for event source mappings.</summary>
    public IFunctionInvoker CreateInvoker() => new LambdaInvoker(_lambda);

    /// <summary>Invokes a function and waits for its response.</summary>
    /// <param name="function">The function's logical ID or name.</param>
    /// <param name="payload">The event, JSON in UTF-8.</param>
    /// <param name="cancellationToken">Cancels the invocation.</param>
    /// <exception cref="LocalDeploymentException">There is no such function, or it cannot be started.</exception>
    public async Task<InvocationResult> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var found = _functions.FirstOrDefault(one => one.Model.LogicalId == function || one.Model.Name == function)
            ?? throw new LocalDeploymentException(
                $"there is no function {function}; the functions are {string.Join(", ", _functions.Select(one => one.Model.LogicalId))}");
        try
        {
            return await _lambda.InvokeAsync(found.Model.Name, payload, null, null, cancellationToken);
        }
        catch (LambdaServiceException e)
        {
            throw new LocalDeploymentException(e.Message, e);
        }
    }

    /// <summary>The functions and their current statistics, in the order of the template.</summary>
    public IReadOnlyList<LocalFunction> Describe(MappingFleet mappings) => [.. _functions.Select(function => Describe(function, mappings))];

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private LocalFunction Describe(DeployedFunction function, MappingFleet mappings)
    {
        var name = function.Model.Name;
        var statistics = _lambda.Statistics(name);
        var events = mappings.GetStatistics(name);
        return new LocalFunction(
            function.Model.LogicalId, name, statistics.Invocations, statistics.Errors, events.Records, events.DroppedEventCount, events.DestinationDeliveryFailures,
            function.Proxy.Calls, function.Proxy.SentKilobytes, statistics.Duration, function.LogFile, function.LogBytes, mappings.GetMaxBatchSize(name))
        {
            Statistics = statistics,
            CapacityUnits = function.Proxy.CapacityUnits,
            InFlight = _lambda.InFlight(name),
            Uses = function.Uses,
        };
    }

    private static FunctionConfiguration Configure(
        DeployedFunction function, FunctionExecutable executable, StackResources resources, ServiceEndpoints endpoints)
    {
        var environment = new Dictionary<string, string>(function.Model.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in endpoints.At(function.Proxy.Address).Environment())
        {
            environment[name] = value;
        }

        return new FunctionConfiguration
        {
            LogicalId = function.Model.LogicalId,
            Name = function.Model.Name,
            Arn = resources[function.Model.LogicalId].Attributes["Arn"],
            Command = executable.Command,
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
}
