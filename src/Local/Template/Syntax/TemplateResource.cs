namespace Analytics.Local.Template.Syntax;

/// <summary>A declared resource, before evaluation of intrinsic functions.</summary>
/// <param name="LogicalId">Its key under Resources.</param>
/// <param name="Type">For example <c>AWS::Kinesis::Stream</c>.</param>
/// <param name="Node">The declaration, for messages.</param>
/// <param name="Properties">The properties; may be empty.</param>
/// <param name="Condition">The name of the condition under which it exists.</param>
/// <param name="DependsOn">The logical IDs in DependsOn.</param>
internal sealed record TemplateResource(
    string LogicalId, string Type, MapNode Node, MapNode Properties, TemplateNode? Condition, IReadOnlyList<TemplateNode> DependsOn)
{
    /// <summary>Returns the text of an entry of Metadata, such as BuildMethod.</summary>
    public string? Metadata(string name) => Node.Find("Metadata")?.AsMap().Find(name)?.AsText();

    public static TemplateResource Read(string logicalId, TemplateNode node)
    {
        var map = node.AsMap();
        var properties = map.Find("Properties")?.AsMap() ?? new MapNode(map.Location, $"{map.Path}.Properties", []);
        IReadOnlyList<TemplateNode> dependsOn = map.Find("DependsOn") switch
        {
            null => [],
            ListNode list => list.Items,
            var one => [one],
        };
        return new TemplateResource(logicalId, map["Type"].AsText(), map, properties, map.Find("Condition"), dependsOn);
    }
}
