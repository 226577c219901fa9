using Analytics.Local.Services;

namespace Analytics.Local.Template;

/// <summary>What a template comes to with its parameters, without anything being made of it.</summary>
public sealed class StackOutline
{
    private StackOutline(IReadOnlyList<OutlinedResource> resources) => Resources = resources;

    /// <summary>
    /// The resources whose conditions hold, events of functions as resources of their own. Of types that the local deployment makes nothing of,
    /// such as alarms, only logical id and type are known.
    /// </summary>
    public IReadOnlyList<OutlinedResource> Resources { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="templateFile">The template, YAML or JSON.</param>
    /// <param name="parameters">Values for its parameters; the others have their defaults.</param>
    /// <exception cref="LocalDeploymentException">The file is missing or wrong, or a parameter is; one line says what.</exception>
    public static async Task<StackOutline> LoadAsync(string templateFile, IReadOnlyDictionary<string, string> parameters)
    {
        var region = ServiceEndpoints.RegionFromEnvironment(static _ => null);
        var document = TemplateDocument.Load(templateFile, parameters, new PseudoParameters("analytics", region));
        var evaluation = await StackEvaluation.RunAsync(document, new LocalLimitations(), makeAsync: null);
        return new StackOutline(evaluation.Outline);
    }

    /// <summary>How many resources are of a type.</summary>
    public int Count(string type) => Resources.Count(resource => resource.Type == type);

    /// <summary>The resources of a type, as <c>AWS::Kinesis::Stream</c>.</summary>
    public IEnumerable<OutlinedResource> OfType(string type) => Resources.Where(resource => resource.Type == type);
}
