using Analytics.Local.Services;

namespace Analytics.Local.Deployment;

/// <summary>The services of a deployment: those specified in the environment, and local ones for the rest.</summary>
internal sealed class DeploymentServices : IAsyncDisposable
{
    private readonly EmulatorProcess? _emulators;

    private DeploymentServices(ServiceEndpoints endpoints, EmulatorProcess? emulators)
    {
        Endpoints = endpoints;
        _emulators = emulators;
    }

    /// <summary>The endpoints of the services.</summary>
    public ServiceEndpoints Endpoints { get; }

    /// <summary>The process of the local services, or null if the environment specifies all services.</summary>
    public int? ProcessId => _emulators?.Id;

    /// <summary>Starts the required local services.</summary>
    /// <exception cref="LocalDeploymentException">They are missing or do not start, or an address in the environment is invalid.</exception>
    public static async Task<DeploymentServices> StartAsync(
        LocalDeploymentOptions options, string region, string dataFolder, CancellationToken cancellationToken)
    {
        var uris = ServiceEndpoints.FromEnvironment(options.Variable);
        EmulatorProcess? emulators = null;
        if (AwsServices.All.Any(service => !uris.ContainsKey(service)))
        {
            var folder = options.EmulatorsFolder ?? EmulatorInstaller.FindFolder(options.TemplateFile);
            emulators = await EmulatorProcess.StartAsync(folder, region, dataFolder, options.Log, cancellationToken);
            foreach (var (service, port) in emulators.Ports.ByService)
            {
                uris.TryAdd(service, new Uri($"http://127.0.0.1:{port}"));
            }
        }

        return new DeploymentServices(new ServiceEndpoints(uris, region, ServiceEndpoints.CredentialsFromEnvironment(options.Variable)), emulators);
    }

    /// <summary>Completes when the local services are stopped.</summary>
    /// <exception cref="LocalDeploymentException">They ended unexpectedly.</exception>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (_emulators is not null && await _emulators.WaitForUnexpectedExitAsync(cancellationToken) is { } message)
        {
            throw new LocalDeploymentException($"the local services ended unexpectedly: {message}");
        }
    }

    public ValueTask DisposeAsync() => _emulators?.DisposeAsync() ?? ValueTask.CompletedTask;
}
