using System.Text.Json.Nodes;

namespace Analytics.Template.Tests;

/// <summary>A resource as the template writes it.</summary>
internal sealed record StackResource(string LogicalId, JsonObject Node)
{
    public string Type => (string)Node["Type"]!;

    public JsonObject Properties => Node["Properties"] as JsonObject ?? [];

    /// <summary>What stands at a path of properties, in each way that the conditions leave open; null where nothing stands.</summary>
    public IReadOnlyList<JsonNode?> All(params string[] path) => Nodes.All(Properties, path);
}
