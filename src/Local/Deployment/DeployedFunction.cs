using Analytics.Local.Services;
using Analytics.Local.Template;
using Analytics.Local.Template.Model;

namespace Analytics.Local.Deployment;

/// <summary>A function of the deployment.</summary>
/// <param name="Model">The function's definition in the template.</param>
/// <param name="Proxy">The proxy between the function and the services.</param>
/// <param name="LogFile">The log file.</param>
/// <param name="LogStart">The length of the log file when the deployment started.</param>
/// <param name="Uses">The logical IDs of the resources referenced by its environment variables.</param>
internal sealed record DeployedFunction(FunctionModel Model, ServiceProxy Proxy, string LogFile, long LogStart, IReadOnlyList<string> Uses)
{
    /// <summary>The bytes written to its log since the start.</summary>
    public long LogBytes => GetLength(LogFile) - LogStart;

    /// <summary>Returns the description of a function before its first run.</summary>
    public static DeployedFunction Create(FunctionModel model, ServiceProxy proxy, string logFile, StackResources resources) =>
        new(model, proxy, logFile, GetLength(logFile), FindUses(model, resources));

    /// <summary>Returns the logical IDs of the resources whose <c>Ref</c> or ARN occurs in the environment variables.</summary>
    private static IReadOnlyList<string> FindUses(FunctionModel function, StackResources resources)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in resources.All)
        {
            names.TryAdd(resource.PhysicalId, resource.LogicalId);
            if (resource.Attributes.TryGetValue("Arn", out var arn))
            {
                names.TryAdd(arn, resource.LogicalId);
            }
        }

        return [.. function.Environment.Values.Select(value => names.GetValueOrDefault(value)).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static long GetLength(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
