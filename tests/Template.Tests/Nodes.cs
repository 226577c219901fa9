using System.Text.Json.Nodes;

namespace Analytics.Template.Tests;

/// <summary>Queries on a template's values for all outcomes of its conditions.</summary>
internal static class Nodes
{
    /// <summary>The values at a path, one per alternative of <c>Fn::If</c>; null where there is none.</summary>
    public static IReadOnlyList<JsonNode?> All(JsonNode? node, params string[] path)
    {
        var open = Branches(node).ToList();
        foreach (var name in path)
        {
            open = [.. open.SelectMany(branch => Branches((branch as JsonObject)?[name]))];
        }

        return open;
    }

    /// <summary>The logical ID that a <c>Ref</c> or <c>Fn::GetAtt</c> names; null for anything else.</summary>
    public static string? Target(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } map when map["Ref"] is { } id => (string)id!,
        JsonObject { Count: 1 } map when map["Fn::GetAtt"] is JsonArray path => (string)path[0]!,
        _ => null,
    };

    /// <summary>A text, or the texts of a list.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.Select(item => (string)item!),
        JsonValue value => [(string)value!],
        _ => [],
    };

    /// <summary>A boolean, written as such or as text.</summary>
    public static bool IsTrue(JsonNode? node) => node?.ToString() is "true";

    /// <summary>A node and every value below it.</summary>
    public static IEnumerable<JsonNode> Below(JsonNode? node)
    {
        if (node is null)
        {
            return [];
        }

        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject map => map.Select(entry => entry.Value),
            JsonArray list => list,
            _ => [],
        };
        return children.SelectMany(Below).Prepend(node);
    }

    private static IEnumerable<JsonNode?> Branches(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } map when map["Fn::If"] is JsonArray choice => Branches(choice[1]).Concat(Branches(choice[2])),
        JsonObject { Count: 1 } map when (string?)(map["Ref"] as JsonValue) == "AWS::NoValue" => [null],
        _ => [node],
    };
}
