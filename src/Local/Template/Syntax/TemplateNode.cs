using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Analytics.Local.Template.Syntax;

/// <summary>A value in a template, with its location for error messages.</summary>
internal abstract class TemplateNode(TemplateLocation location, string path)
{
    /// <summary>The file and line.</summary>
    public TemplateLocation Location { get; } = location;

    /// <summary>The path from the root, <c>Resources.Table.Properties.TableName</c>; empty for the root.</summary>
    public string Path { get; } = path;

    /// <summary>The kind of the node, for error messages.</summary>
    public abstract string Kind { get; }

    /// <summary>Returns the text of a scalar.</summary>
    ///  <exception cref="TemplateException">The node is a list or a map.</exception>
    public string AsText() => this is ScalarNode scalar ? scalar.Text : throw Expected("a text");

    /// <summary>Returns the whole number of a scalar.</summary>
    public int AsInteger() => int.TryParse(AsText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Expected("a whole number");

    /// <summary>Returns the number of a scalar.</summary>
    public double AsNumber() => double.TryParse(AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Expected("a number");

    /// <summary>Returns the Boolean of a scalar.</summary>
    public bool AsBoolean() => AsText() switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => throw Expected("true or false"),
    };

    /// <summary>Returns the node as a list.</summary>
    public ListNode AsList() => this as ListNode ?? throw Expected("a list");

    /// <summary>Returns the node as a map.</summary>
    public MapNode AsMap() => this as MapNode ?? throw Expected("a map");

    /// <summary>Creates an error with the actual and the expected value.</summary>
    public TemplateException Expected(string what) =>
        new(this, this is ScalarNode scalar ? $"expected {what}, found \"{scalar.Text}\"" : $"expected {what}, found {Kind}");
}

/// <summary>A scalar: its text as written, without quotes.</summary>
internal sealed class ScalarNode(TemplateLocation location, string path, string text, bool isPlain = false)
    : TemplateNode(location, path)
{
    public string Text { get; } = text;

    /// <summary>Whether it is written without quotes, so that it may be a number, a Boolean or null.</summary>
    public bool IsPlain { get; } = isPlain;

    /// <summary>Whether it is null: an empty value, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Kind => "a text";
}

/// <summary>A list.</summary>
internal sealed class ListNode(TemplateLocation location, string path, IReadOnlyList<TemplateNode> items)
    : TemplateNode(location, path)
{
    public IReadOnlyList<TemplateNode> Items { get; } = items;

    public override string Kind => "a list";
}

/// <summary>A map in the order of the file.</summary>
internal sealed class MapNode : TemplateNode
{
    private readonly Dictionary<string, TemplateNode> _byKey;

    public MapNode(TemplateLocation location, string path, IReadOnlyList<KeyValuePair<string, TemplateNode>> entries)
        : base(location, path)
    {
        Entries = entries;
        _byKey = new Dictionary<string, TemplateNode>(entries, StringComparer.Ordinal);
    }

    public IReadOnlyList<KeyValuePair<string, TemplateNode>> Entries { get; }

    public override string Kind => "a map";

    /// <summary>Returns the value of a required key.</summary>
    public TemplateNode this[string key] => Find(key) ?? throw new TemplateException(this, $"{key} is missing");

    /// <summary>Returns the value of a key, or null if the key is absent or has no value.</summary>
    public TemplateNode? Find(string key) =>
        _byKey.TryGetValue(key, out var value) && value is not ScalarNode { IsNull: true } ? value : null;

    public bool TryGet(string key, [NotNullWhen(true)] out TemplateNode? value) => (value = Find(key)) is not null;
}
