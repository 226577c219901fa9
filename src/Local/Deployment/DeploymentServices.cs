using Analytics.Local.Services;

namespace Analytics.Local.Deployment;

/// <summary>The services of a deployment: those that the environment names, and local ones in place of the others.</summary>
internal sealed class DeploymentServices : IAsyncDisposable
{
    private readonly EmulatorProcess? _emulators;

    private DeploymentServices(ServiceEndpoints endpoints, EmulatorProcess? emulators)
    {
        Endpoints = endpoints;
        _emulators = emulators;
    }

    /// <summary>Where the services are.</summary>
    public ServiceEndpoints Endpoints { get; }

    /// <summary>The process of the local services; null when the environment names all services.</summary>
    public int? ProcessId => _emulators?.Id;

    /// <summary>Starts the local services that are needed.</summary>
    /// <exception cref="LocalDeploymentException">They are missing or do not start, or an address in the environment is wrong.</exception>
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

    /// <summary>Completes when the local services were stopped.</summary>
    /// <exception cref="LocalDeploymentException">They ended by themselves.</exception>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (_emulators is not null && await _emulators.WaitForUnexpectedExitAsync(cancellationToken) is { } message)
        {
            throw new LocalDeploymentException($"the local services ended by themselves: {message}");
        }
    }

    public ValueTask DisposeAsync() => _emulators?.DisposeAsync() ?? ValueTask.CompletedTask;
}
