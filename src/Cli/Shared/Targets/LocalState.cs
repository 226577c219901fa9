using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Targets;

/// <summary>What a running <c>analytics up</c> tells the other commands, in <c>.analytics/local.json</c>.</summary>
internal sealed record LocalState
{
    /// <summary>What <see cref="Endpoints"/> calls the endpoint of the metrics.</summary>
    public const string MetricsEndpoint = "metrics";

    /// <summary>What <see cref="Endpoints"/> calls the address of the live page, with the token that its controls need.</summary>
    public const string DashboardEndpoint = "dashboard";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string FileName = "local.json";

    /// <summary>The process that runs it.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When that process started: another one may have its identifier by now.</summary>
    public required DateTimeOffset ProcessStarted { get; init; }

    /// <summary>The region that its resources are in.</summary>
    public required string Region { get; init; }

    /// <summary>The services' endpoints: kinesis, dynamodb, s3, sns, sqs, lambda, metrics, dashboard.</summary>
    public required IReadOnlyDictionary<string, Uri> Endpoints { get; init; }

    /// <summary>The resources' physical ids, by logical id.</summary>
    public required IReadOnlyDictionary<string, string> Resources { get; init; }

    /// <summary>The functions' logical ids.</summary>
    public required IReadOnlyList<string> Functions { get; init; }

    /// <summary>The file that holds it.</summary>
    public static string PathIn(string workFolder) => Path.Combine(workFolder, FileName);

    /// <summary>When this process started.</summary>
    public static DateTimeOffset StartOfThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }

    /// <summary>The local deployment that runs now, or null: there is no file, or the process that wrote it has ended.</summary>
    /// <exception cref="UserException">The file is none of ours.</exception>
    public static LocalState? FindRunning(string workFolder)
    {
        var path = PathIn(workFolder);
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(path), LocalStateJson.Default.LocalState);
            return state is not null && state.IsRunning() ? state : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new UserException($"{path} cannot be read: it is not what `analytics up` writes. Delete it.", e);
        }
    }

    /// <summary>Writes the file; it is whole at any time, and its owner's alone to read.</summary>
    public void Write(string workFolder)
    {
        Directory.CreateDirectory(workFolder);
        var path = PathIn(workFolder);
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(file, this, LocalStateJson.Default.LocalState);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Removes the file.</summary>
    public static void Remove(string workFolder) => File.Delete(PathIn(workFolder));

    private bool IsRunning()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return (process.StartTime.ToUniversalTime() - ProcessStarted).Duration() < TimeSpan.FromSeconds(2);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>The JSON of <see cref="LocalState"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LocalState))]
internal sealed partial class LocalStateJson : JsonSerializerContext;
