using Amazon.Runtime;
using Analytics.Local.Services;

namespace Analytics.Local.Tests.Services;

/// <summary>The local services, in memory, shared by all tests that use them.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    private EmulatorProcess _process = null!;

    public static string Folder { get; } = EmulatorInstaller.FindFolder(Path.Combine(AppContext.BaseDirectory, "template.yaml"));

    public ServiceEndpoints Endpoints { get; private set; } = null!;

    internal EmulatorPorts Ports => _process.Ports;

    public async Task InitializeAsync()
    {
        _process = await EmulatorProcess.StartAsync(Folder, "us-east-1", null, _ => { }, CancellationToken.None);
        Endpoints = CreateEndpoints(_process);
    }

    public async Task DisposeAsync() => await _process.DisposeAsync();

    internal static ServiceEndpoints CreateEndpoints(EmulatorProcess process) => new(
        process.Ports.ByService.ToDictionary(one => one.Key, one => new Uri($"http://127.0.0.1:{one.Value}")),
        "us-east-1",
        new BasicAWSCredentials("local", "local"));
}

/// <summary>Tests that use one process of local services.</summary>
[CollectionDefinition(Name)]
public sealed class EmulatorTests : ICollectionFixture<EmulatorFixture>
{
    public const string Name = "emulators";
}
