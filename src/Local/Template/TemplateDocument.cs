using Analytics.Local.Template.Model;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template;

/// <summary>A template with its parameters decided: which resources exist, in which order they are made, and their values.</summary>
internal sealed class TemplateDocument
{
    private static readonly HashSet<string> Sections = new(StringComparer.Ordinal)
    {
        "AWSTemplateFormatVersion", "Conditions", "Description", "Globals", "Hooks", "Mappings", "Metadata", "Outputs",
        "Parameters", "Resources", "Rules", "Transform",
    };

    private readonly MapNode _root;
    private readonly Dictionary<string, TemplateNode> _parameters;
    private readonly Dictionary<string, TemplateResource> _byId;
    private readonly IntrinsicEvaluator _conditions;

    private TemplateDocument(
        string file, MapNode root, Dictionary<string, TemplateNode> parameters, PseudoParameters pseudo)
    {
        File = file;
        _root = root;
        _parameters = parameters;
        Pseudo = pseudo;
        _conditions = new IntrinsicEvaluator(root, parameters, pseudo, new NoResources());
        CheckRules();
        var all = SamTransform.Apply(root);
        var exist = new Dictionary<string, TemplateResource>(StringComparer.Ordinal);
        foreach (var resource in all)
        {
            if (resource.Condition is null || _conditions.Condition(resource.Condition.AsText(), resource.Condition))
            {
                exist[resource.LogicalId] = resource;
            }
        }

        _byId = exist;
        Implied = exist.Values.Where(resource => resource.Type == ResourceTypes.Function)
            .SelectMany(SamTransform.ImpliedResources)
            .ToDictionary(implied => implied.LogicalId, implied => implied.Type, StringComparer.Ordinal);
        Resources = new DependencyOrder(this).Sort();
    }

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    public PseudoParameters Pseudo { get; }

    /// <summary>The resources whose conditions hold, each after those that it needs.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    /// <summary>The types of what SAM adds, by logical id: a template may refer to them, nothing is made of them here.</summary>
    public IReadOnlyDictionary<string, string> Implied { get; }

    /// <summary>The resources whose conditions hold, by logical id.</summary>
    public IReadOnlyDictionary<string, TemplateResource> ResourcesById => _byId;

    /// <summary>Reads a file.</summary>
    /// <exception cref="TemplateException">The file is missing or wrong.</exception>
    public static TemplateDocument Load(
        string file, IReadOnlyDictionary<string, string> parameters, PseudoParameters pseudo, IReadOnlyDictionary<string, string>? defaults = null)
    {
        string text;
        try
        {
            text = System.IO.File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TemplateException($"{file}: cannot read the template: {e.Message}");
        }

        return Parse(file, text, parameters, pseudo, defaults);
    }

    /// <summary>
    /// Reads a template's text; <paramref name="file"/> is only for messages. <paramref name="defaults"/> are values in place of the template's
    /// own defaults, where it has such parameters.
    /// </summary>
    /// <exception cref="TemplateException">The template is wrong.</exception>
    public static TemplateDocument Parse(
        string file,
        string text,
        IReadOnlyDictionary<string, string> parameters,
        PseudoParameters pseudo,
        IReadOnlyDictionary<string, string>? defaults = null)
    {
        var root = TemplateReader.Read(file, text);
        foreach (var (section, node) in root.Entries)
        {
            if (!Sections.Contains(section))
            {
                throw new TemplateException(node, $"a template has no section {section}: it has {string.Join(", ", Sections)}");
            }
        }

        var values = ParameterResolver.Resolve(root.Find("Parameters")?.AsMap(), parameters, file, defaults);
        return new TemplateDocument(file, root, values, pseudo);
    }

    /// <summary>Whether the name is a parameter or a pseudo parameter.</summary>
    public bool IsParameter(string name) =>
        _parameters.ContainsKey(name) || name.StartsWith("AWS::", StringComparison.Ordinal);

    /// <summary>Whether the name is a resource that the template declares, though its condition may not hold.</summary>
    public bool IsDeclared(string logicalId) => _root["Resources"].AsMap().Find(logicalId) is not null;

    /// <summary>The branch of an <c>Fn::If</c> that its condition chooses.</summary>
    public TemplateNode ChooseBranch(TemplateNode argument) => _conditions.ChooseBranch(argument);

    /// <summary>An evaluator that takes references to resources from <paramref name="resources"/>.</summary>
    public IntrinsicEvaluator Evaluator(IResourceReferences resources) => new(_root, _parameters, Pseudo, resources);

    /// <summary>The outputs whose conditions hold, by name.</summary>
    public IReadOnlyDictionary<string, string> Outputs(IResourceReferences resources)
    {
        var evaluator = Evaluator(resources);
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, node) in _root.Find("Outputs")?.AsMap().Entries ?? [])
        {
            var output = node.AsMap();
            if (!output.TryGet("Condition", out var condition) || evaluator.Condition(condition.AsText(), condition))
            {
                outputs[name] = evaluator.Evaluate(output["Value"])?.AsText() ?? "";
            }
        }

        return outputs;
    }

    /// <summary>The section Rules: assertions on the parameters, checked as CloudFormation checks them before it creates anything.</summary>
    private void CheckRules()
    {
        foreach (var (name, node) in _root.Find("Rules")?.AsMap().Entries ?? [])
        {
            var rule = node.AsMap();
            if (rule.TryGet("RuleCondition", out var condition) && !_conditions.Holds(condition))
            {
                continue;
            }

            foreach (var assertion in rule["Assertions"].AsList().Items.Select(item => item.AsMap()).Where(item => !_conditions.Holds(item["Assert"])))
            {
                throw new TemplateException(assertion, assertion.Find("AssertDescription")?.AsText() ?? $"the rule {name} does not hold");
            }
        }
    }

    private sealed class NoResources : IResourceReferences
    {
        public string? Ref(string logicalId) => null;

        public string? GetAttribute(string logicalId, string attribute) => null;
    }
}
