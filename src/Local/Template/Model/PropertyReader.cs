using System.Globalization;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template.Model;

/// <summary>
/// Reads a resource's evaluated properties and remembers which were asked for, so that those that have no effect here
/// can be named.
/// </summary>
internal sealed class PropertyReader(MapNode properties)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The properties that nothing asked for, in the order of the file.</summary>
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

    /// <summary>A whole number that must lie in a range.</summary>
    /// <exception cref="TemplateException">It does not.</exception>
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

    /// <summary>A map of texts, empty when absent.</summary>
    public IReadOnlyDictionary<string, string> Texts(string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in Map(name)?.Entries ?? [])
        {
            texts[key] = value.AsText();
        }

        return texts;
    }
}
