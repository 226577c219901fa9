using Analytics.Local.Mapping;
using Analytics.Local.Runtime;
using Analytics.Local.Services;

namespace Analytics.Local.Deployment;

/// <summary>The options of a local deployment.</summary>
public sealed record LocalDeploymentOptions
{
    /// <summary>The template, YAML or JSON.</summary>
    public required string TemplateFile { get; init; }

    /// <summary>Values of the template's parameters; the others have their defaults.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Values in place of the template's defaults, for existing parameters; <see cref="Parameters"/> take precedence.</summary>
    public IReadOnlyDictionary<string, string> ParameterDefaults { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether functions run as the native executables that are deployed, instead of .NET builds.</summary>
    public bool Native { get; init; }

    /// <summary>The folder for builds and logs.</summary>
    public string WorkFolder { get; init; } = ".analytics";

    /// <summary>The folder for streams, tables, objects, messages and checkpoints, or null for a temporary one.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The stack's name, the prefix of resource names.</summary>
    public string StackName { get; init; } = "analytics";

    /// <summary>The port of the Lambda endpoint, or null for a free port.</summary>
    public int? LambdaPort { get; init; }

    /// <summary>The folder with the local services, or null to search for <c>node/emulators</c> in the template's folder and above.</summary>
    public string? EmulatorsFolder { get; init; }

    /// <summary>Decides which of the functions' calls to services fail; null for none.</summary>
    public IServiceFaults? Faults { get; init; }

    /// <summary>Decides into which function processes faults are injected, or null for none.</summary>
    public IInvocationFaults? InvocationFaults { get; init; }

    /// <summary>Decides which batches are delivered more than once, or null for none.</summary>
    public IDeliveryFaults? DeliveryFaults { get; init; }

    /// <summary>Receives each failure record delivered to an on-failure destination. Must be thread-safe.</summary>
    public Action<FailureRecord>? FailureDelivered { get; init; }

    /// <summary>Receives messages about the start and later problems. Must be thread-safe.</summary>
    public Action<string> Log { get; init; } = static _ => { };

    /// <summary>Reads an environment variable such as AWS_ENDPOINT_URL or AWS_REGION.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
