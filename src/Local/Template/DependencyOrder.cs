using Analytics.Local.Template.Model;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template;

/// <summary>
/// Sorts resources after those that they refer to by <c>Ref</c>, <c>Fn::GetAtt</c>, <c>Fn::Sub</c> or DependsOn, and otherwise
/// keeps the file's order. All references are validated, including those in resources that are not created here.
/// </summary>
internal sealed class DependencyOrder(TemplateDocument document)
{
    /// <summary>Properties that SAM moves to other resources, so that the function does not depend on what they refer to.</summary>
    private static readonly HashSet<string> OutsideTheFunction = new(StringComparer.Ordinal) { "Events", "Policies", "EventInvokeConfig" };

    private readonly List<TemplateResource> _sorted = [];
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly List<string> _inProgress = [];

    /// <exception cref="TemplateException">A name is unknown, or resources depend on each other.</exception>
    public IReadOnlyList<TemplateResource> Sort()
    {
        foreach (var resource in document.ResourcesById.Values)
        {
            Visit(resource);
        }

        return _sorted;
    }

    private void Visit(TemplateResource resource)
    {
        if (_done.Contains(resource.LogicalId))
        {
            return;
        }

        if (_inProgress.IndexOf(resource.LogicalId) is >= 0 and var start)
        {
            var circle = string.Join(" -> ", [.. _inProgress[start..], resource.LogicalId]);
            throw new TemplateException(resource.Node, $"resources depend on each other: {circle}");
        }

        _inProgress.Add(resource.LogicalId);
        foreach (var needed in Needed(resource))
        {
            if (document.ResourcesById.TryGetValue(needed, out var other))
            {
                Visit(other);
            }
        }

        _inProgress.RemoveAt(_inProgress.Count - 1);
        _done.Add(resource.LogicalId);
        _sorted.Add(resource);
    }

    private HashSet<string> Needed(TemplateResource resource)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in resource.DependsOn)
        {
            // A false condition removes the dependency, as on AWS.
            if (!document.IsDeclared(other.AsText()))
            {
                CheckName(other, other.AsText(), mustBeResource: true);
            }

            needed.Add(other.AsText());
        }

        var outside = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in resource.Properties.Entries)
        {
            var isOutside = resource.Type == ResourceTypes.Function && OutsideTheFunction.Contains(name);
            Collect(value, isOutside ? outside : needed);
        }

        return needed;
    }

    private void Collect(TemplateNode node, HashSet<string> names)
    {
        if (IntrinsicEvaluator.IsFunction(node, out var function, out var argument))
        {
            CollectCall(function, argument, names);
            return;
        }

        switch (node)
        {
            case ListNode list:
                foreach (var item in list.Items)
                {
                    Collect(item, names);
                }

                break;
            case MapNode map:
                foreach (var (_, value) in map.Entries)
                {
                    Collect(value, names);
                }

                break;
        }
    }

    private void CollectCall(string function, TemplateNode argument, HashSet<string> names)
    {
        switch (function)
        {
            case "Ref":
                Add(argument, argument.AsText(), names, mustBeResource: false);
                break;
            case "Fn::GetAtt":
                Add(argument, argument.AsList().Items is [var first, ..] ? first.AsText() : "", names, mustBeResource: true);
                break;
            case "Fn::Sub":
                CollectSubstitution(argument, names);
                break;
            case "Fn::If":
                Collect(document.ChooseBranch(argument), names);
                break;
            case "Condition":
                break;
            default:
                Collect(argument, names);
                break;
        }
    }

    private void CollectSubstitution(TemplateNode argument, HashSet<string> names)
    {
        var own = argument is ListNode { Items: [_, MapNode variables] } ? variables : null;
        if (own is not null)
        {
            Collect(own, names);
        }

        var text = argument is ListNode { Items: [var first, ..] } ? first : argument;
        foreach (var name in IntrinsicEvaluator.SubstitutedNames(text.AsText()))
        {
            if (own?.Find(name) is null)
            {
                var dot = name.IndexOf('.', StringComparison.Ordinal);
                Add(text, dot > 0 ? name[..dot] : name, names, mustBeResource: dot > 0);
            }
        }
    }

    private void Add(TemplateNode where, string name, HashSet<string> names, bool mustBeResource)
    {
        CheckName(where, name, mustBeResource);
        names.Add(name);
    }

    private void CheckName(TemplateNode where, string name, bool mustBeResource)
    {
        if (document.ResourcesById.ContainsKey(name) || document.Implied.ContainsKey(name)
            || (!mustBeResource && document.IsParameter(name)))
        {
            return;
        }

        throw new TemplateException(where, document.IsDeclared(name)
            ? $"{name} does not exist: its condition is false"
            : $"nothing is named {name}: it is {(mustBeResource ? "no resource" : "no parameter and no resource")} of this template");
    }
}
