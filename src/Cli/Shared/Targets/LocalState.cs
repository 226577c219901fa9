using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Analytics.Cli.Shared.Commands;
using Analytics.Local.Services;

namespace Analytics.Cli.Shared.Targets;

/// <summary>The state of a running <c>analytics up</c> for other commands, stored in <c>.analytics/local.json</c>.</summary>
internal sealed record LocalState
{
    /// <summary>The key of the metrics endpoint in <see cref="Endpoints"/>.</summary>
    public const string MetricsEndpoint = "metrics";

    /// <summary>The key of the live page's address in <see cref="Endpoints"/>, which includes the token for its controls.</summary>
    public const string DashboardEndpoint = "dashboard";

    /// <summary>The name of the Lambda endpoint in <see cref="Endpoints"/>.</summary>
    public const string LambdaEndpoint = "lambda";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string FileName = "local.json";

    /// <summary>The ID of the process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The start time of the process, because its ID may be reused.</summary>
    public required DateTimeOffset ProcessStarted { get; init; }

    /// <summary>The region of the resources.</summary>
    public required string Region { get; init; }

    /// <summary>The services' endpoints: kinesis, dynamodb, s3, sns, sqs, lambda, metrics, dashboard.</summary>
    public required IReadOnlyDictionary<string, Uri> Endpoints { get; init; }

    /// <summary>The physical IDs of the resources by logical ID.</summary>
    public required IReadOnlyDictionary<string, string> Resources { get; init; }

    /// <summary>The logical IDs of the functions.</summary>
    public required IReadOnlyList<string> Functions { get; init; }

    /// <summary>Returns the path of the file.</summary>
    public static string PathIn(string workFolder) => Path.Combine(workFolder, FileName);

    /// <summary>Returns the name of a service's endpoint in <see cref="Endpoints"/>.</summary>
    public static string GetName(AwsService service) => service.ToString().ToLowerInvariant();

    /// <summary>Returns the start time of this process.</summary>
    public static DateTimeOffset StartOfThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }

    /// <summary>Returns the running local deployment, or null if there is no file or its process has ended.</summary>
    /// <exception cref="UserException">The file was not written by this command.</exception>
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
            throw new UserException($"{path} was not written by `analytics up`. Delete it.", e);
        }
    }

    /// <summary>Writes the file atomically, readable only by its owner.</summary>
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

    /// <summary>Returns the endpoints of the services, with clients for them.</summary>
    public ServiceEndpoints GetServices() =>
        ServiceEndpoints.Create(Enum.GetValues<AwsService>().ToDictionary(service => service, service => Endpoints[GetName(service)]), Region);

    /// <summary>Deletes the file.</summary>
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

/// <summary>JSON serialization of <see cref="LocalState"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LocalState))]
internal sealed partial class LocalStateJson : JsonSerializerContext;
