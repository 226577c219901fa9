using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template;

/// <summary>A resource of a <see cref="StackOutline"/>.</summary>
public sealed class OutlinedResource
{
    private readonly MapNode? _properties;
    private readonly MapNode _written;

    internal OutlinedResource(string logicalId, string type, string name, MapNode? properties, MapNode written)
    {
        LogicalId = logicalId;
        Type = type;
        Name = name;
        _properties = properties;
        _written = written;
    }

    /// <summary>The logical ID in the template; for an event of a function, that of function and event.</summary>
    public string LogicalId { get; }

    /// <summary>For example <c>AWS::Kinesis::Stream</c>.</summary>
    public string Type { get; }

    /// <summary>The name in the template, or one derived from the stack's name and the logical ID.</summary>
    public string Name { get; }

    /// <summary>Returns the text of a property, or null if it is missing.</summary>
    /// <param name="path">The path of property names.</param>
    /// <exception cref="TemplateException">The value is not a text.</exception>
    public string? Text(params ReadOnlySpan<string> path) => Find(path)?.AsText();

    /// <summary>Returns the whole number of a property, or null if it is missing.</summary>
    /// <param name="path">The path of property names.</param>
    /// <exception cref="TemplateException">The value is not a number.</exception>
    public int? Integer(params ReadOnlySpan<string> path) => Find(path)?.AsInteger();

    /// <summary>Returns the texts of a list; empty if it is missing.</summary>
    /// <param name="path">The path of property names.</param>
    /// <exception cref="TemplateException">The value is not a list of texts.</exception>
    public IReadOnlyList<string> List(params ReadOnlySpan<string> path) => [.. Find(path)?.AsList().Items.Select(item => item.AsText()) ?? []];

    /// <summary>
    /// Returns the number of items of a list that have a member, as written in the template: intrinsic functions are not evaluated, so it is available
    /// for any type of resource.
    /// </summary>
    /// <param name="list">The property with the list; without it the number is 0.</param>
    /// <param name="member">The member.</param>
    public int CountWritten(string list, string member) =>
        (_written.Find(list) as ListNode)?.Items.Count(item => item is MapNode map && map.Find(member) is not null) ?? 0;

    private TemplateNode? Find(ReadOnlySpan<string> path)
    {
        TemplateNode? node = _properties;
        foreach (var name in path)
        {
            node = node?.AsMap().Find(name);
        }

        return node;
    }
}
