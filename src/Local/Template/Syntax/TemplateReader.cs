using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Analytics.Local.Template.Syntax;

/// <summary>
/// Parses YAML or JSON to nodes. CloudFormation's short forms (<c>!Ref</c>, <c>!GetAtt A.B</c>, <c>!Sub</c> ...) are converted to
/// their long forms.
/// </summary>
internal static class TemplateReader
{
    private const string FunctionPrefix = "Fn::";

    /// <summary>Parses a template's text; <paramref name="file"/> is only for messages.</summary>
    /// <exception cref="TemplateException">The text is not YAML, or not a single document that is a map.</exception>
    public static MapNode Read(string file, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            var what = (e.InnerException?.Message ?? e.Message).ReplaceLineEndings(" ");
            throw new TemplateException($"{new TemplateLocation(file, e.Start.Line)}: not YAML: {what}");
        }

        return stream.Documents.Count == 1
            ? Convert(file, stream.Documents[0].RootNode, "").AsMap()
            : throw new TemplateException($"{file}: a template is one document, found {stream.Documents.Count}");
    }

    private static TemplateNode Convert(string file, YamlNode node, string path)
    {
        var location = new TemplateLocation(file, node.Start.Line);
        var tag = node.Tag.IsEmpty || node.Tag.IsNonSpecific ? "" : node.Tag.Value;
        if (tag.Length == 0 || tag.StartsWith("tag:yaml.org,", StringComparison.Ordinal))
        {
            return ConvertPlain(file, node, location, path);
        }

        var name = tag[1..];
        var function = name is "Ref" or "Condition" ? name : FunctionPrefix + name;
        var argumentPath = Child(path, function);
        var argument = ConvertPlain(file, node, location, argumentPath);
        if (name == "GetAtt" && argument is ScalarNode { Text: var text })
        {
            argument = SplitAttribute(argument, text);
        }

        return new MapNode(location, path, [new(function, argument)]);
    }

    private static ListNode SplitAttribute(TemplateNode argument, string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            ? new ListNode(argument.Location, argument.Path,
                [
                    new ScalarNode(argument.Location, argument.Path, text[..dot]),
                    new ScalarNode(argument.Location, argument.Path, text[(dot + 1)..]),
                ])
            : throw argument.Expected("Resource.Attribute");
    }

    private static TemplateNode ConvertPlain(string file, YamlNode node, TemplateLocation location, string path) => node switch
    {
        YamlScalarNode scalar => new ScalarNode(location, path, scalar.Value ?? "", scalar.Style == ScalarStyle.Plain),
        YamlSequenceNode sequence => new ListNode(location, path,
            [.. sequence.Children.Select((child, index) => Convert(file, child, $"{path}[{index}]"))]),
        YamlMappingNode mapping => ConvertMap(file, mapping, location, path),
        _ => throw new TemplateException($"{location}: {path}: not a value"),
    };

    private static MapNode ConvertMap(string file, YamlMappingNode mapping, TemplateLocation location, string path)
    {
        var entries = new List<KeyValuePair<string, TemplateNode>>(mapping.Children.Count);
        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                throw new TemplateException($"{new TemplateLocation(file, key.Start.Line)}: {path}: a key must be a text");
            }

            var child = Convert(file, value, Child(path, name));
            if (name == "Fn::GetAtt" && child is ScalarNode { Text: var text })
            {
                child = SplitAttribute(child, text);
            }

            entries.Add(new(name, child));
        }

        return new MapNode(location, path, entries);
    }

    private static string Child(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
