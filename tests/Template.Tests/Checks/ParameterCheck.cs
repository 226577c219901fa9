using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Analytics.Template.Tests.Checks;

/// <summary>Every parameter has a description, a default, one group and an effect; every condition has an effect.</summary>
internal static partial class ParameterCheck
{
    public static IEnumerable<string> Findings(StackTemplate template)
    {
        var used = Used(template.Root).ToHashSet();
        var groups = template.Root["Metadata"]!["AWS::CloudFormation::Interface"]!["ParameterGroups"]!.AsArray()
            .SelectMany(group => Nodes.Texts(group!["Parameters"]))
            .ToList();
        var parameters = template.Root["Parameters"]!.AsObject();
        foreach (var (name, parameter) in parameters)
        {
            if (!used.Contains(name))
            {
                yield return $"{name}: the parameter has no effect";
            }

            if (groups.Count(grouped => grouped == name) != 1)
            {
                yield return $"{name}: is in {groups.Count(grouped => grouped == name)} groups";
            }

            if (parameter!["Default"] is null || parameter["Description"] is null)
            {
                yield return $"{name}: lacks a default or a description";
            }
        }

        foreach (var unknown in groups.Where(name => !parameters.ContainsKey(name)))
        {
            yield return $"{unknown}: in a group but not a parameter";
        }

        foreach (var (condition, _) in template.Root["Conditions"]!.AsObject().Where(condition => !used.Contains(condition.Key)))
        {
            yield return $"{condition}: the condition has no effect";
        }
    }

    private static IEnumerable<string> Used(JsonNode root)
    {
        foreach (var map in Nodes.Below(root).OfType<JsonObject>())
        {
            foreach (var name in new[] { "Ref", "Condition" }.Select(key => map[key] as JsonValue).OfType<JsonValue>())
            {
                yield return (string)name!;
            }

            if (map["Fn::If"] is JsonArray choice)
            {
                yield return (string)choice[0]!;
            }

            var substituted = map["Fn::Sub"] is JsonArray { Count: > 0 } list ? list[0] : map["Fn::Sub"];
            foreach (Match name in Placeholder().Matches((string?)substituted ?? ""))
            {
                yield return name.Groups[1].Value;
            }
        }
    }

    [GeneratedRegex(@"\$\{([A-Za-z0-9]+)\}")]
    private static partial Regex Placeholder();
}
