using Analytics.Local.Template.Model;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template;

/// <summary>A template with resolved parameters: the existing resources, their order and their values.</summary>
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

    /// <summary>The file name as given by the user.</summary>
    public string File { get; }

    public PseudoParameters Pseudo { get; }

    /// <summary>The resources whose conditions hold, each after its dependencies.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    /// <summary>The types of resources that SAM adds, by logical ID: a template may refer to them, but they are not created here.</summary>
    public IReadOnlyDictionary<string, string> Implied { get; }

    /// <summary>The resources whose conditions hold, by logical ID.</summary>
    public IReadOnlyDictionary<string, TemplateResource> ResourcesById => _byId;

    /// <summary>Loads a file.</summary>
    /// <exception cref="TemplateException">The file is missing or invalid.</exception>
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
    /// Parses a template's text; <paramref name="file"/> is only for messages. <paramref name="defaults"/> are values in place of the template's
    /// defaults, for existing parameters.
    /// </summary>
    /// <exception cref="TemplateException">The template is invalid.</exception>
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

    /// <summary>Returns whether a name is a parameter or a pseudo parameter.</summary>
    public bool IsParameter(string name) =>
        _parameters.ContainsKey(name) || name.StartsWith("AWS::", StringComparison.Ordinal);

    /// <summary>Returns whether a name is a declared resource, even if its condition is false.</summary>
    public bool IsDeclared(string logicalId) => _root["Resources"].AsMap().Find(logicalId) is not null;

    /// <summary>Returns the branch of an <c>Fn::If</c> that its condition selects.</summary>
    public TemplateNode ChooseBranch(TemplateNode argument) => _conditions.ChooseBranch(argument);

    /// <summary>Creates an evaluator that resolves references to resources with <paramref name="resources"/>.</summary>
    public IntrinsicEvaluator Evaluator(IResourceReferences resources) => new(_root, _parameters, Pseudo, resources);

    /// <summary>Returns the outputs whose conditions hold, by name.</summary>
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

    /// <summary>Checks the section Rules: assertions on parameters, which CloudFormation also checks before it creates anything.</summary>
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
