using Analytics.Local.Mapping;
using Analytics.Local.Runtime;
using Analytics.Local.Services;

namespace Analytics.Local.Deployment;

/// <summary>What is deployed on this machine, and how.</summary>
public sealed record LocalDeploymentOptions
{
    /// <summary>The template, YAML or JSON.</summary>
    public required string TemplateFile { get; init; }

    /// <summary>Values for the template's parameters; the others have their defaults.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Values in place of the template's defaults, where it has such parameters; <see cref="Parameters"/> come first.</summary>
    public IReadOnlyDictionary<string, string> ParameterDefaults { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether functions run as the native executables that are deployed, instead of the .NET build of them.</summary>
    public bool Native { get; init; }

    /// <summary>The folder for builds and logs.</summary>
    public string WorkFolder { get; init; } = ".analytics";

    /// <summary>The folder where streams, tables, objects, messages and checkpoints are kept; null for one that goes when the deployment stops.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The stack's name, which begins the names of resources.</summary>
    public string StackName { get; init; } = "analytics";

    /// <summary>The port of Lambda's invocation interface; null for any.</summary>
    public int? LambdaPort { get; init; }

    /// <summary>The folder with the local services; null to look for <c>node/emulators</c> beside the template and above.</summary>
    public string? EmulatorsFolder { get; init; }

    /// <summary>Decides which of the functions' calls to services fail; null for none.</summary>
    public IServiceFaults? Faults { get; init; }

    /// <summary>Decides which of the functions' processes break; null for none.</summary>
    public IInvocationFaults? InvocationFaults { get; init; }

    /// <summary>Decides which batches are delivered more often than once; null for none.</summary>
    public IDeliveryFaults? DeliveryFaults { get; init; }

    /// <summary>Takes each failure record that was delivered to an on-failure destination; from several threads.</summary>
    public Action<FailureRecord>? FailureDelivered { get; init; }

    /// <summary>Takes lines about the start, and about what goes wrong later; from several threads.</summary>
    public Action<string> Log { get; init; } = static _ => { };

    /// <summary>Reads an environment variable: AWS_ENDPOINT_URL, AWS_REGION and their like.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
