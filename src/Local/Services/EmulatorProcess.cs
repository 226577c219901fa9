using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Analytics.Local.Processes;

namespace Analytics.Local.Services;

/// <summary>The services on this machine: one Node process that is ready when it has been started, and ends with this one.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private const string StartScript = "start.js";

    /// <summary>The exit code by which the script says that another process holds the data folder.</summary>
    private const int FolderInUse = 75;

    /// <summary>How long to wait for the data folder: the services of a run that was killed need a moment to end.</summary>
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

    /// <summary>Where the services listen on 127.0.0.1.</summary>
    public EmulatorPorts Ports { get; }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Installs the emulators' packages where they are not installed yet, starts them and waits until they listen.</summary>
    /// <param name="folder">The folder with start.js and package-lock.json.</param>
    /// <param name="region">The region that they answer with.</param>
    /// <param name="dataFolder">Where streams, tables, objects and messages are kept; null for memory.</param>
    /// <param name="log">Takes a line about what takes long.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="LocalDeploymentException">Node or npm is missing, or the process does not come up.</exception>
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

    /// <summary>Completes when the process has ended, with what it said last; a stop that was asked for is no such end.</summary>
    public async Task<string?> WaitForUnexpectedExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _stopped ? null : FirstLine(_errors);
    }

    /// <summary>Ends the process, orderly if it lets itself; without effect when it has ended.</summary>
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
            // It has ended by itself.
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

    /// <returns>The process, or null when its data folder is in use and <paramref name="mayWait"/> is true.</returns>
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

/// <summary>The ports on 127.0.0.1 at which the emulators listen.</summary>
internal readonly record struct EmulatorPorts(int Kinesis, int DynamoDb, int S3)
{
    /// <summary>The port of each service.</summary>
    public IEnumerable<KeyValuePair<AwsService, int>> ByService =>
    [
        new(AwsService.Kinesis, Kinesis), new(AwsService.DynamoDB, DynamoDb), new(AwsService.S3, S3), new(AwsService.Sns, S3), new(AwsService.Sqs, S3),
    ];

    /// <summary>Reads the line that start.js prints.</summary>
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
