using System.Diagnostics;
using System.Text.Json;
using Amazon.Kinesis;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace Analytics.Packages.Tests.Aws;

/// <summary>The emulators of the repository, started once for all tests that need them, after <c>npm ci</c> if they are not installed.</summary>
public sealed class Emulators : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = FindFolder();
    private Process? _process;
    private string _kinesis = "";
    private string _s3 = "";

    internal static BasicAWSCredentials Credentials { get; } = new("test", "test");

    internal AmazonKinesisClient Kinesis() => new(Credentials, new AmazonKinesisConfig { ServiceURL = _kinesis });

    internal AmazonSQSClient Queues() => new(Credentials, new AmazonSQSConfig { ServiceURL = _s3 });

    internal AmazonSimpleNotificationServiceClient Topics() =>
        new(Credentials, new AmazonSimpleNotificationServiceConfig { ServiceURL = _s3 });

    public async Task InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await InstallAsync(timeout.Token);
        _process = Start("node", "start.js");
        var line = await _process.StandardOutput.ReadLineAsync(timeout.Token)
            ?? throw new InvalidOperationException($"The emulators did not start: {await _process.StandardError.ReadToEndAsync(timeout.Token)}");
        using var ports = JsonDocument.Parse(line);
        _kinesis = Address(ports, "kinesis");
        _s3 = Address(ports, "s3");
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            using var timeout = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(timeout.Token);
            _process.Dispose();
        }
    }

    private static string Address(JsonDocument ports, string service) => $"http://127.0.0.1:{ports.RootElement.GetProperty(service).GetInt32()}";

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        var installed = Path.Combine(_folder, "node_modules", ".package-lock.json");
        while (!File.Exists(installed))
        {
            try
            {
                await using var turn = new FileStream(
                    Path.Combine(_folder, ".install.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                if (!File.Exists(installed))
                {
                    using var npm = Start("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
                    var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
                    var errors = await npm.StandardError.ReadToEndAsync(cancellationToken);
                    await npm.WaitForExitAsync(cancellationToken);
                    Assert.True(npm.ExitCode == 0, $"npm ci in {_folder} failed: {errors}{await output}");
                }
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
            }
        }
    }

    private Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = _folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "node/emulators");
            if (File.Exists(Path.Combine(candidate, "start.js")))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException("There is no folder node/emulators above the tests.");
    }
}

[CollectionDefinition(Name)]
public sealed class EmulatorsCollection : ICollectionFixture<Emulators>
{
    public const string Name = "emulators";
}
