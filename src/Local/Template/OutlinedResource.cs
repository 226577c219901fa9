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

    /// <summary>Its key in the template; of an event of a function, function and event together.</summary>
    public string LogicalId { get; }

    /// <summary>As <c>AWS::Kinesis::Stream</c>.</summary>
    public string Type { get; }

    /// <summary>Its name: the one that the template gives, else made of the stack's and the logical id.</summary>
    public string Name { get; }

    /// <summary>The text of a property, or null when the template does not give it.</summary>
    /// <param name="path">The property's name, after those that it is in.</param>
    /// <exception cref="TemplateException">It is no text.</exception>
    public string? Text(params ReadOnlySpan<string> path) => Find(path)?.AsText();

    /// <summary>The whole number of a property, or null when the template does not give it.</summary>
    /// <param name="path">The property's name, after those that it is in.</param>
    /// <exception cref="TemplateException">It is no number.</exception>
    public int? Integer(params ReadOnlySpan<string> path) => Find(path)?.AsInteger();

    /// <summary>The texts of a list, none when the template does not give it.</summary>
    /// <param name="path">The property's name, after those that it is in.</param>
    /// <exception cref="TemplateException">It is no list of texts.</exception>
    public IReadOnlyList<string> List(params ReadOnlySpan<string> path) => [.. Find(path)?.AsList().Items.Select(item => item.AsText()) ?? []];

    /// <summary>
    /// The number of items of a list that have a member, as the template writes them: the functions in it are not evaluated, so it is known
    /// of any type of resource.
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
