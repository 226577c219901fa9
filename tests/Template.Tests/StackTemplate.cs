using System.Text.Json.Nodes;
using Analytics.Local.Template.Syntax;

namespace Analytics.Template.Tests;

/// <summary>template.yaml with the long forms of the intrinsic functions, and changed copies of it.</summary>
internal sealed class StackTemplate
{
    private StackTemplate(JsonObject root) => Root = root;

    public static StackTemplate Shipped { get; } =
        new(JsonNode.Parse(NodeJson.Write(TemplateReader.Read("template.yaml", Repository.Read("template.yaml"))))!.AsObject());

    public JsonObject Root { get; }

    public IEnumerable<CheckedResource> Resources =>
        Root["Resources"]!.AsObject().Select(entry => new CheckedResource(entry.Key, entry.Value!.AsObject()));

    public CheckedResource this[string logicalId] => new(logicalId, Root["Resources"]![logicalId]!.AsObject());

    public IEnumerable<CheckedResource> OfType(params string[] types) => Resources.Where(resource => types.Contains(resource.Type));

    public IEnumerable<CheckedResource> Functions => OfType("AWS::Serverless::Function");

    /// <summary>The scheduled functions.</summary>
    public IEnumerable<CheckedResource> ScheduledFunctions => Functions.Where(IsScheduled);

    /// <summary>The other functions, which read the stream.</summary>
    public IEnumerable<CheckedResource> StreamFunctions => Functions.Where(function => !IsScheduled(function));

    /// <summary>The statements of a policy document, for all alternatives of the conditions.</summary>
    public static IEnumerable<JsonObject> Statements(JsonNode? document) => (document?["Statement"] as JsonArray ?? []).SelectMany(statement => Nodes.All(statement)).OfType<JsonObject>();

    private static bool IsScheduled(CheckedResource function) =>
        (function.Properties["Events"] as JsonObject ?? []).Any(source => (string?)source.Value!["Type"] == "Schedule");

    /// <summary>The template with a change.</summary>
    public StackTemplate With(Action<JsonObject> change)
    {
        var root = Root.DeepClone().AsObject();
        change(root);
        return new StackTemplate(root);
    }

    /// <summary>The template without a resource.</summary>
    public StackTemplate Without(string logicalId) => With(root => root["Resources"]!.AsObject().Remove(logicalId));

    /// <summary>The template without a property, given by its path below the resource.</summary>
    public StackTemplate Without(string logicalId, params string[] path) => With(root =>
    {
        var parent = path[..^1].Aggregate(root["Resources"]![logicalId]!, (node, name) => node[name]!);
        Assert.True(parent.AsObject().Remove(path[^1]), $"{logicalId} has no {string.Join('.', path)} to take out");
    });
}
