using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Analytics.Local.Processes;

namespace Analytics.Local.Services;

/// <summary>The local services: a Node process that ends with this process.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private const string StartScript = "start.js";

    /// <summary>The exit code if another process uses the data folder.</summary>
    private const int FolderInUse = 75;

    /// <summary>Maximum wait for the data folder: the services of a killed run need a moment to end.</summary>
    private static readonly TimeSpan FolderPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FolderPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly StringBuilder _errors;
    private bool _stopped;

    private EmulatorProcess(Process process, StringBuilder errors, EmulatorPorts ports)
    {
        _process = process;
        _errors = errors;
        Ports = ports;
    }

    /// <summary>The ports of the services on 127.0.0.1.</summary>
    public EmulatorPorts Ports { get; }

    /// <summary>The process ID.</summary>
    public int Id => _process.Id;

    /// <summary>Installs the emulators' packages if necessary, starts the emulators and waits until they listen.</summary>
    /// <param name="folder">The folder with start.js and package-lock.json.</param>
    /// <param name="region">The region of the emulators.</param>
    /// <param name="dataFolder">The folder for streams, tables, objects and messages, or null for memory.</param>
    /// <param name="log">Receives progress messages.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LocalDeploymentException">Node or npm is missing, or the process does not start.</exception>
    public static async Task<EmulatorProcess> StartAsync(
        string folder, string region, string? dataFolder, Action<string> log, CancellationToken cancellationToken)
    {
        await NodePackages.EnsureInstalledAsync(folder, "the local services", log, cancellationToken);
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(StartScript);
        if (dataFolder is not null)
        {
            start.ArgumentList.Add("--data");
            start.ArgumentList.Add(Path.GetFullPath(dataFolder));
        }

        start.Environment["AWS_ACCOUNT_ID"] = ServiceEndpoints.AccountId;
        start.Environment["AWS_REGION"] = region;

        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await LaunchAsync(start, mayWait: Stopwatch.GetElapsedTime(began) < FolderPatience, cancellationToken) is { } process)
            {
                return process;
            }

            await Task.Delay(FolderPoll, cancellationToken);
        }
    }

    /// <summary>Completes with the last message if the process ends unexpectedly.</summary>
    public async Task<string?> WaitForUnexpectedExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _stopped ? null : FirstLine(_errors);
    }

    /// <summary>Stops the process, gracefully if possible. No effect if it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process has already ended.
        }

        using var timeout = new CancellationTokenSource(StopTimeout);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Kill(_process);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    /// <returns>The process, or null if its data folder is in use and <paramref name="mayWait"/> is true.</returns>
    private static async Task<EmulatorProcess?> LaunchAsync(ProcessStartInfo start, bool mayWait, CancellationToken cancellationToken)
    {
        var process = NodePackages.Start(start);
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(StartTimeout);
            var line = await process.StandardOutput.ReadLineAsync(timeout.Token);
            if (line is not null)
            {
                return new EmulatorProcess(process, errors, EmulatorPorts.Parse(line));
            }

            await process.WaitForExitAsync(timeout.Token);
            return mayWait && process.ExitCode == FolderInUse
                ? null
                : throw new LocalDeploymentException($"the local services did not start: {FirstLine(errors)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Kill(process);
            throw new LocalDeploymentException($"the local services did not start within {StartTimeout.TotalSeconds} s: {FirstLine(errors)}");
        }
        catch
        {
            Kill(process);
            throw;
        }
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static string FirstLine(StringBuilder errors)
    {
        lock (errors)
        {
            var line = errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
            return line ?? "node ended without a message";
        }
    }
}

/// <summary>The ports of the emulators on 127.0.0.1.</summary>
internal readonly record struct EmulatorPorts(int Kinesis, int DynamoDb, int S3)
{
    /// <summary>The port of each service.</summary>
    public IEnumerable<KeyValuePair<AwsService, int>> ByService =>
    [
        new(AwsService.Kinesis, Kinesis), new(AwsService.DynamoDB, DynamoDb), new(AwsService.S3, S3), new(AwsService.Sns, S3), new(AwsService.Sqs, S3),
    ];

    /// <summary>Parses the line that start.js prints.</summary>
    public static EmulatorPorts Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new EmulatorPorts(Port(root, "kinesis"), Port(root, "dynamodb"), Port(root, "s3"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LocalDeploymentException($"the local services did not start: {line}", e);
        }
    }

    private static int Port(JsonElement root, string name) => root.GetProperty(name).GetInt32();
}
