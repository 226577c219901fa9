using Analytics.Local.Template.Model;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template;

/// <summary>
/// The SAM transform of functions: merges Globals and converts events to separate resources,
/// so that the same code reads both forms of an event source mapping.
/// </summary>
internal static class SamTransform
{
    private static readonly Dictionary<string, string> EventTypes = new(StringComparer.Ordinal)
    {
        ["Kinesis"] = ResourceTypes.EventSourceMapping,
        ["Schedule"] = ResourceTypes.Rule,
    };

    /// <summary>Returns the resources as deployed, in the order of the file.</summary>
    public static IReadOnlyList<TemplateResource> Apply(MapNode root)
    {
        var globals = root.Find("Globals")?.AsMap().Find("Function")?.AsMap();
        var resources = new List<TemplateResource>();
        foreach (var (logicalId, node) in root["Resources"].AsMap().Entries)
        {
            var resource = TemplateResource.Read(logicalId, node);
            if (resource.Type != ResourceTypes.Function)
            {
                resources.Add(resource);
                continue;
            }

            var properties = globals is null ? resource.Properties : (MapNode)Merge(globals, resource.Properties);
            resources.Add(resource with { Properties = properties });
            foreach (var (name, declaration) in properties.Find("Events")?.AsMap().Entries ?? [])
            {
                if (ToResource(resource, name, declaration.AsMap()) is { } expanded)
                {
                    resources.Add(expanded);
                }
            }
        }

        return resources;
    }

    /// <summary>Returns the logical IDs of resources that SAM adds, which are not needed here but may be referred to.</summary>
    public static IEnumerable<(string LogicalId, string Type)> ImpliedResources(TemplateResource function)
    {
        if (function.Properties.Find("Role") is null)
        {
            yield return ($"{function.LogicalId}Role", "AWS::IAM::Role");
        }

        foreach (var (name, declaration) in function.Properties.Find("Events")?.AsMap().Entries ?? [])
        {
            var type = declaration.AsMap()["Type"].AsText();
            if (!EventTypes.ContainsKey(type))
            {
                yield return ($"{function.LogicalId}{name}", type);
            }
        }
    }

    /// <summary>Merges values: maps are merged by key, lists start with the global items, and otherwise the function's value takes precedence.</summary>
    private static TemplateNode Merge(TemplateNode globals, TemplateNode own)
    {
        if (IntrinsicEvaluator.IsFunction(globals, out _, out _) || IntrinsicEvaluator.IsFunction(own, out _, out _))
        {
            return own;
        }

        return (globals, own) switch
        {
            (ListNode first, ListNode second) => new ListNode(second.Location, second.Path, [.. first.Items, .. second.Items]),
            (MapNode first, MapNode second) => MergeMaps(first, second),
            _ => own,
        };
    }

    private static MapNode MergeMaps(MapNode globals, MapNode own)
    {
        var entries = new List<KeyValuePair<string, TemplateNode>>();
        foreach (var (key, value) in globals.Entries)
        {
            entries.Add(new(key, own.Find(key) is { } ownValue ? Merge(value, ownValue) : value));
        }

        entries.AddRange(own.Entries.Where(entry => globals.Find(entry.Key) is null && globals.Entries.All(g => g.Key != entry.Key)));
        return new MapNode(own.Location, own.Path, entries);
    }

    private static TemplateResource? ToResource(TemplateResource function, string name, MapNode declaration)
    {
        if (!EventTypes.TryGetValue(declaration["Type"].AsText(), out var type))
        {
            return null;
        }

        var given = declaration.Find("Properties")?.AsMap() ?? new MapNode(declaration.Location, declaration.Path, []);
        var functionReference = new MapNode(declaration.Location, declaration.Path,
            [new("Ref", new ScalarNode(declaration.Location, declaration.Path, function.LogicalId))]);
        List<KeyValuePair<string, TemplateNode>> properties =
        [
            new("FunctionName", functionReference),
            .. given.Entries.Select(entry => new KeyValuePair<string, TemplateNode>(EventSourceName(entry.Key), entry.Value)),
        ];
        return new TemplateResource(
            $"{function.LogicalId}{name}", type, declaration,
            new MapNode(given.Location, given.Path, properties), function.Condition, function.DependsOn);
    }

    private static string EventSourceName(string property) => property switch
    {
        "Stream" => "EventSourceArn",
        "Schedule" => "ScheduleExpression",
        _ => property,
    };
}
