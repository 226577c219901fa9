using System.Text.Json.Nodes;

namespace Analytics.Template.Tests;

/// <summary>A resource of the template.</summary>
internal sealed record CheckedResource(string LogicalId, JsonObject Node)
{
    public string Type => (string)Node["Type"]!;

    public JsonObject Properties => Node["Properties"] as JsonObject ?? [];

    /// <summary>The values at a path of properties, one per alternative of the conditions; null where there is none.</summary>
    public IReadOnlyList<JsonNode?> All(params string[] path) => Nodes.All(Properties, path);
}
