using System.Globalization;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template.Model;

/// <summary>
/// Reads a resource's evaluated properties and tracks which were read, so that properties without effect here
/// can be reported.
/// </summary>
internal sealed class PropertyReader(MapNode properties)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The properties that were not read, in the order of the file.</summary>
    public IEnumerable<string> Unread => properties.Entries.Select(entry => entry.Key).Where(key => !_read.Contains(key));

    public TemplateNode? Find(string name)
    {
        _read.Add(name);
        return properties.Find(name);
    }

    public TemplateNode Required(string name)
    {
        _read.Add(name);
        return properties[name];
    }

    public string? Text(string name) => Find(name)?.AsText();

    public int Integer(string name, int absent) => Find(name)?.AsInteger() ?? absent;

    /// <summary>Reads a whole number within a range.</summary>
    /// <exception cref="TemplateException">The value is out of range.</exception>
    public int Integer(string name, int absent, int least, int most)
    {
        var node = Find(name);
        var value = node?.AsInteger() ?? absent;
        return node is null || (value >= least && value <= most)
            ? value
            : throw node.Expected(string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
    }

    public bool Boolean(string name, bool absent) => Find(name)?.AsBoolean() ?? absent;

    public MapNode? Map(string name) => Find(name)?.AsMap();

    public IReadOnlyList<TemplateNode> List(string name) => Find(name)?.AsList().Items ?? [];
}
