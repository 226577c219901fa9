using Analytics.Local.Template.Model;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template;

/// <summary>Evaluates a template: each resource's values after those of its dependencies.</summary>
internal sealed class StackEvaluation : IResourceReferences
{
    private readonly TemplateDocument _document;
    private readonly PhysicalResources _physical;
    private readonly IntrinsicEvaluator _evaluator;
    private readonly Dictionary<string, StackResource> _resources = new(StringComparer.Ordinal);
    private readonly List<ResourceModel> _models = [];
    private readonly List<OutlinedResource> _outline = [];

    private readonly UnsupportedFeatures _unsupported;

    private StackEvaluation(TemplateDocument document, UnsupportedFeatures unsupported)
    {
        _unsupported = unsupported;
        _document = document;
        _physical = new PhysicalResources(document.Pseudo);
        _evaluator = document.Evaluator(this);
    }

    /// <summary>The resources created here, in order.</summary>
    public IReadOnlyList<ResourceModel> Models => _models;

    /// <summary>All resources in order; the properties of those that are not created here are not evaluated.</summary>
    public IReadOnlyList<OutlinedResource> Outline => _outline;

    /// <summary>Evaluates all resources in order.</summary>
    /// <param name="document">The template.</param>
    /// <param name="unsupported">Collects unsupported features.</param>
    /// <param name="makeAsync">
    /// Creates a resource and returns the service's identifier if it differs from the name: a topic's ARN, a queue's URL.
    /// Null creates nothing and uses AWS's format.
    /// </param>
    /// <exception cref="TemplateException">A value is invalid.</exception>
    public static async Task<StackEvaluation> RunAsync(
        TemplateDocument document, UnsupportedFeatures unsupported, Func<ResourceModel, Task<string?>>? makeAsync)
    {
        var evaluation = new StackEvaluation(document, unsupported);
        foreach (var (logicalId, type) in document.Implied)
        {
            evaluation.Register(logicalId, type, evaluation._physical.Name(logicalId, type, null), null);
        }

        foreach (var resource in document.Resources)
        {
            await evaluation.AddAsync(resource, makeAsync);
        }

        return evaluation;
    }

    /// <summary>All resources and the outputs.</summary>
    public StackResources ToResources() => new(_resources.Values, _document.Outputs(this));

    /// <inheritdoc/>
    public string? Ref(string logicalId) => _resources.GetValueOrDefault(logicalId)?.PhysicalId;

    /// <inheritdoc/>
    public string? GetAttribute(string logicalId, string attribute) =>
        _resources.GetValueOrDefault(logicalId)?.Attributes.GetValueOrDefault(attribute);

    private async Task AddAsync(TemplateResource resource, Func<ResourceModel, Task<string?>>? makeAsync)
    {
        if (!ResourceTypes.IsMadeHere(resource.Type))
        {
            _unsupported.AddResource(resource.Type);
            var plainName = Name(resource, EvaluateNames(resource));
            _outline.Add(new OutlinedResource(resource.LogicalId, resource.Type, plainName, null, resource.Properties));
            Register(resource.LogicalId, resource.Type, plainName, null);
            return;
        }

        var properties = (MapNode)_evaluator.Evaluate(ForEvaluation(resource))!;
        var name = Name(resource, properties);
        _outline.Add(new OutlinedResource(resource.LogicalId, resource.Type, name, properties, resource.Properties));
        var reader = new PropertyReader(properties);
        string? address = null;
        if (ResourceModels.Read(resource, name, reader) is { } model)
        {
            _models.Add(model);
            address = model is StreamConsumerModel consumer ? consumer.Arn : makeAsync is null ? null : await makeAsync(model);
        }
        else
        {
            _unsupported.AddResource(resource.Type);
        }

        foreach (var property in reader.Unread)
        {
            _unsupported.AddProperty(property);
        }

        Register(resource.LogicalId, resource.Type, name, address);
    }

    /// <summary>Returns a function without its events, which are separate resources, and without the properties of its role.</summary>
    private static MapNode ForEvaluation(TemplateResource resource) => resource.Type == ResourceTypes.Function
        ? new MapNode(resource.Properties.Location, resource.Properties.Path,
            [.. resource.Properties.Entries.Where(entry => entry.Key is not ("Events" or "Policies" or "EventInvokeConfig"))])
        : resource.Properties;

    private MapNode EvaluateNames(TemplateResource resource)
    {
        var names = resource.Properties.Entries.Where(entry => PhysicalResources.IsName(resource.Type, entry.Key));
        return (MapNode)_evaluator.Evaluate(new MapNode(resource.Properties.Location, resource.Properties.Path, [.. names]))!;
    }

    private string Name(TemplateResource resource, MapNode properties) =>
        _physical.Name(resource.LogicalId, resource.Type, properties);

    private void Register(string logicalId, string type, string name, string? address) =>
        _resources[logicalId] = _physical.Describe(logicalId, type, name, address);
}
