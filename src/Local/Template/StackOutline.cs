using Analytics.Local.Services;

namespace Analytics.Local.Template;

/// <summary>An evaluated template, without creating its resources.</summary>
public sealed class StackOutline
{
    private StackOutline(IReadOnlyList<OutlinedResource> resources) => Resources = resources;

    /// <summary>
    /// The resources whose conditions hold, with events of functions as separate resources. For types that the local deployment does not create,
    /// such as alarms, only logical ID and type are known.
    /// </summary>
    public IReadOnlyList<OutlinedResource> Resources { get; }

    /// <summary>Loads a template.</summary>
    /// <param name="templateFile">The template, YAML or JSON.</param>
    /// <param name="parameters">Values of its parameters; the others have their defaults.</param>
    /// <exception cref="LocalDeploymentException">The file or a parameter is missing or invalid; the message is one line.</exception>
    public static async Task<StackOutline> LoadAsync(string templateFile, IReadOnlyDictionary<string, string> parameters)
    {
        var region = ServiceEndpoints.RegionFromEnvironment(static _ => null);
        var document = TemplateDocument.Load(templateFile, parameters, new PseudoParameters("analytics", region));
        var evaluation = await StackEvaluation.RunAsync(document, new UnsupportedFeatures(), makeAsync: null);
        return new StackOutline(evaluation.Outline);
    }

    /// <summary>Returns the number of resources of a type.</summary>
    public int Count(string type) => Resources.Count(resource => resource.Type == type);

    /// <summary>Returns the resources of a type such as <c>AWS::Kinesis::Stream</c>.</summary>
    public IEnumerable<OutlinedResource> OfType(string type) => Resources.Where(resource => resource.Type == type);
}
