using System.Diagnostics.CodeAnalysis;

namespace Analytics.Local.Template;

/// <summary>The deployed resources of a template by logical ID, and its outputs by name.</summary>
public sealed class StackResources
{
    private readonly Dictionary<string, StackResource> _resources;

    internal StackResources(IEnumerable<StackResource> resources, IReadOnlyDictionary<string, string> outputs)
    {
        _resources = resources.ToDictionary(resource => resource.LogicalId, StringComparer.Ordinal);
        Outputs = outputs;
    }

    /// <summary>The template's outputs by name.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; }

    /// <summary>All resources, including those that are not created here, such as roles.</summary>
    public IReadOnlyCollection<StackResource> All => _resources.Values;

    /// <summary>Returns the resource with a logical ID.</summary>
    /// <exception cref="LocalDeploymentException">There is no such resource.</exception>
    public StackResource this[string logicalId] => TryGet(logicalId, out var resource)
        ? resource
        : throw new LocalDeploymentException(
            $"the template has no resource {logicalId}: it has {string.Join(", ", _resources.Keys.Order(StringComparer.Ordinal))}");

    /// <summary>Gets the resource with a logical ID, if there is one.</summary>
    public bool TryGet(string logicalId, [NotNullWhen(true)] out StackResource? resource) =>
        _resources.TryGetValue(logicalId, out resource);

    /// <summary>Returns the resources of a type such as <c>AWS::Kinesis::Stream</c>.</summary>
    public IEnumerable<StackResource> OfType(string type) => _resources.Values.Where(resource => resource.Type == type);
}
