using System.Diagnostics.CodeAnalysis;
using System.Text;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template;

/// <summary>Replaces intrinsic functions by their values.</summary>
internal sealed class IntrinsicEvaluator(
    MapNode root,
    IReadOnlyDictionary<string, TemplateNode> parameters,
    PseudoParameters pseudo,
    IResourceReferences resources)
{
    private readonly MapNode? _mappings = root.Find("Mappings")?.AsMap();
    private readonly MapNode? _conditions = root.Find("Conditions")?.AsMap();
    private readonly Dictionary<string, bool> _conditionValues = new(StringComparer.Ordinal);
    private readonly HashSet<string> _conditionsInProgress = new(StringComparer.Ordinal);

    /// <summary>Returns whether the node is an intrinsic function call, and its function.</summary>
    public static bool IsFunction(
        TemplateNode node, [NotNullWhen(true)] out string? function, [NotNullWhen(true)] out TemplateNode? argument)
    {
        if (node is MapNode { Entries: [var (name, value)] }
            && (name is "Ref" or "Condition" || name.StartsWith("Fn::", StringComparison.Ordinal))
            && (name != "Condition" || value is ScalarNode))
        {
            (function, argument) = (name, value);
            return true;
        }

        (function, argument) = (null, null);
        return false;
    }

    /// <summary>Evaluates a node, or returns null for <c>AWS::NoValue</c>.</summary>
    /// <exception cref="TemplateException">A function is unknown, is used incorrectly, or refers to something that does not exist.</exception>
    public TemplateNode? Evaluate(TemplateNode node)
    {
        if (IsFunction(node, out var function, out var argument))
        {
            return Call(node, function, argument);
        }

        return node switch
        {
            ListNode list => new ListNode(list.Location, list.Path, [.. list.Items.Select(Evaluate).OfType<TemplateNode>()]),
            MapNode map => EvaluateMap(map),
            _ => node,
        };
    }

    /// <summary>Returns whether a condition of the template holds.</summary>
    public bool Condition(string name, TemplateNode user)
    {
        if (_conditionValues.TryGetValue(name, out var known))
        {
            return known;
        }

        var definition = _conditions?.Find(name) ?? throw new TemplateException(user, $"no condition is named {name}");
        if (!_conditionsInProgress.Add(name))
        {
            throw new TemplateException(definition, $"the condition {name} depends on itself");
        }

        var value = Holds(definition);
        _conditionsInProgress.Remove(name);
        _conditionValues[name] = value;
        return value;
    }

    /// <summary>Returns whether a condition function or Boolean is true.</summary>
    public bool Holds(TemplateNode node)
    {
        if (!IsFunction(node, out var function, out var argument))
        {
            return node.AsBoolean();
        }

        switch (function)
        {
            case "Condition":
                return Condition(argument.AsText(), argument);
            case "Fn::Equals":
                var items = Arguments(argument, "Fn::Equals", 2);
                return Required(items[0]).AsText() == Required(items[1]).AsText();
            case "Fn::Not":
                return !Holds(Arguments(argument, "Fn::Not", 1)[0]);
            case "Fn::And":
                return argument.AsList().Items.All(Holds);
            case "Fn::Or":
                return argument.AsList().Items.Any(Holds);
            default:
                return Required(node).AsBoolean();
        }
    }

    /// <summary>Returns the branch of an <c>Fn::If</c> that its condition selects.</summary>
    public TemplateNode ChooseBranch(TemplateNode argument)
    {
        var items = Arguments(argument, "Fn::If", 3);
        return Condition(items[0].AsText(), items[0]) ? items[1] : items[2];
    }

    /// <summary>Returns the names in a text of <c>Fn::Sub</c>, except <c>${!Literal}</c>.</summary>
    public static IEnumerable<string> SubstitutedNames(string text)
    {
        foreach (var (name, _) in SplitSubstitution(text))
        {
            if (name is not null)
            {
                yield return name;
            }
        }
    }

    private MapNode EvaluateMap(MapNode map)
    {
        var entries = new List<KeyValuePair<string, TemplateNode>>(map.Entries.Count);
        foreach (var (key, value) in map.Entries)
        {
            if (Evaluate(value) is { } evaluated)
            {
                entries.Add(new(key, evaluated));
            }
        }

        return new MapNode(map.Location, map.Path, entries);
    }

    private TemplateNode? Call(TemplateNode node, string function, TemplateNode argument) => function switch
    {
        "Ref" => Reference(node, argument.AsText()),
        "Fn::GetAtt" => Attribute(node, argument),
        "Fn::Sub" => Text(node, Substitute(argument)),
        "Fn::If" => Evaluate(ChooseBranch(argument)),
        "Fn::Join" => Text(node, Join(argument)),
        "Fn::Split" => Split(argument),
        "Fn::Select" => Select(argument),
        "Fn::FindInMap" => FindInMap(argument),
        "Fn::Base64" => Text(node, Convert.ToBase64String(Encoding.UTF8.GetBytes(Required(argument).AsText()))),
        "Fn::GetAZs" => new ListNode(node.Location, node.Path, [.. "abc".Select(zone => Text(node, pseudo.Region + zone))]),
        "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not" or "Condition" => Text(node, Holds(node) ? "true" : "false"),
        "Fn::ImportValue" => throw new TemplateException(node, "Fn::ImportValue is not supported in the local run, which has only one stack"),
        _ => throw new TemplateException(node, $"{function} is not supported in the local run"),
    };

    private static ScalarNode Text(TemplateNode at, string text) => new(at.Location, at.Path, text);

    private TemplateNode Required(TemplateNode node) =>
        Evaluate(node) ?? throw new TemplateException(node, $"{PseudoParameters.NoValue} is not allowed here");

    private static IReadOnlyList<TemplateNode> Arguments(TemplateNode argument, string function, int count) =>
        argument.AsList().Items is { } items && items.Count == count
            ? items
            : throw new TemplateException(argument, $"{function} takes {count} values");

    private TemplateNode? Reference(TemplateNode node, string name)
    {
        if (name == PseudoParameters.NoValue)
        {
            return null;
        }

        if (name == "AWS::NotificationARNs")
        {
            return new ListNode(node.Location, node.Path, []);
        }

        return parameters.TryGetValue(name, out var parameter) ? parameter
            : (pseudo.Find(name) ?? resources.Ref(name)) is { } value ? Text(node, value)
            : throw new TemplateException(node, $"nothing is named {name}: it is no parameter and no resource of this deployment");
    }

    private ScalarNode Attribute(TemplateNode node, TemplateNode argument)
    {
        var items = argument.AsList().Items;
        if (items.Count < 2)
        {
            throw argument.Expected("a resource and an attribute");
        }

        var attribute = string.Join('.', items.Skip(1).Select(item => Required(item).AsText()));
        return Text(node, GetAttribute(node, items[0].AsText(), attribute));
    }

    private string GetAttribute(TemplateNode node, string logicalId, string attribute)
    {
        if (resources.Ref(logicalId) is null)
        {
            throw new TemplateException(node, $"no resource of this deployment is named {logicalId}");
        }

        return resources.GetAttribute(logicalId, attribute)
            ?? throw new TemplateException(node, $"{logicalId} has no attribute {attribute} in the local run");
    }

    private string Substitute(TemplateNode argument)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = argument;
        if (argument is ListNode list)
        {
            var items = Arguments(list, "Fn::Sub", 2);
            text = items[0];
            foreach (var (name, value) in items[1].AsMap().Entries)
            {
                own[name] = Required(value).AsText();
            }
        }

        var result = new StringBuilder();
        foreach (var (name, literal) in SplitSubstitution(text.AsText()))
        {
            result.Append(name is null ? literal : own.TryGetValue(name, out var value) ? value : Named(text, name));
        }

        return result.ToString();
    }

    private string Named(TemplateNode node, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            ? GetAttribute(node, name[..dot], name[(dot + 1)..])
            : (Reference(node, name) ?? throw new TemplateException(node, $"{PseudoParameters.NoValue} is not allowed in a text")).AsText();
    }

    private static IEnumerable<(string? Name, string Literal)> SplitSubstitution(string text)
    {
        var position = 0;
        while (position < text.Length)
        {
            var start = text.IndexOf("${", position, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf('}', start);
            if (end < 0)
            {
                break;
            }

            yield return (null, text[position..start]);
            var name = text[(start + 2)..end].Trim();
            yield return name.StartsWith('!') ? (null, $"${{{name[1..]}}}") : (name, "");
            position = end + 1;
        }

        yield return (null, text[position..]);
    }

    private string Join(TemplateNode argument)
    {
        var items = Arguments(argument, "Fn::Join", 2);
        return string.Join(items[0].AsText(), Required(items[1]).AsList().Items.Select(item => item.AsText()));
    }

    private ListNode Split(TemplateNode argument)
    {
        var items = Arguments(argument, "Fn::Split", 2);
        return new ListNode(argument.Location, argument.Path,
            [.. Required(items[1]).AsText().Split(items[0].AsText()).Select(part => Text(argument, part))]);
    }

    private TemplateNode Select(TemplateNode argument)
    {
        var items = Arguments(argument, "Fn::Select", 2);
        var index = Required(items[0]).AsInteger();
        var values = Required(items[1]).AsList().Items;
        return index >= 0 && index < values.Count
            ? values[index]
            : throw new TemplateException(argument, $"Fn::Select asks for value {index} of {values.Count}");
    }

    private TemplateNode? FindInMap(TemplateNode argument)
    {
        var items = argument.AsList().Items;
        if (items.Count is not (3 or 4))
        {
            throw new TemplateException(argument, "Fn::FindInMap takes 3 values");
        }

        string[] keys = [.. items.Take(3).Select(item => Required(item).AsText())];
        var found = _mappings?.Find(keys[0])?.AsMap().Find(keys[1])?.AsMap().Find(keys[2]);
        if (found is null && items.Count == 4)
        {
            return Evaluate(items[3].AsMap()["DefaultValue"]);
        }

        return found ?? throw new TemplateException(argument, $"Mappings has no {string.Join('.', keys)}");
    }
}
