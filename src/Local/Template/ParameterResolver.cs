using System.Globalization;
using System.Text.RegularExpressions;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template;

/// <summary>Determines the value of each parameter: the user's value or the default, validated as in CloudFormation.</summary>
internal static class ParameterResolver
{
    /// <returns>The values by name: a text, or a list for list types.</returns>
    /// <exception cref="TemplateException">A value is missing or not allowed, or a name is not a parameter.</exception>
    public static Dictionary<string, TemplateNode> Resolve(
        MapNode? parameters, IReadOnlyDictionary<string, string> given, string file, IReadOnlyDictionary<string, string>? defaults = null)
    {
        var values = new Dictionary<string, TemplateNode>(StringComparer.Ordinal);
        foreach (var (name, node) in parameters?.Entries ?? [])
        {
            values[name] = Resolve(name, node.AsMap(), given.GetValueOrDefault(name) ?? defaults?.GetValueOrDefault(name));
        }

        foreach (var name in given.Keys)
        {
            if (!values.ContainsKey(name))
            {
                var known = values.Count == 0 ? "it has none" : $"it has {string.Join(", ", values.Keys)}";
                throw new TemplateException($"{file}: no parameter is named {name}: {known}");
            }
        }

        return values;
    }

    private static TemplateNode Resolve(string name, MapNode parameter, string? given)
    {
        var type = parameter["Type"].AsText();
        var isList = type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal);
        var isNumber = type is "Number" or "List<Number>";

        // An empty default is a value, so this checks for the key and not for its content.
        var defaultNode = parameter.Entries.FirstOrDefault(entry => entry.Key == "Default").Value;
        var text = given ?? defaultNode?.AsText()
            ?? throw new TemplateException(parameter, $"the parameter has no default: give {name}=<value>");
        var source = given is null ? defaultNode! : parameter;
        string[] items = !isList ? [text] : text.Length == 0 ? [] : [.. text.Split(',').Select(item => item.Trim())];
        foreach (var item in items)
        {
            Check(parameter, source, item, isNumber);
        }

        return isList
            ? new ListNode(source.Location, source.Path,
                [.. items.Select(item => new ScalarNode(source.Location, source.Path, item))])
            : new ScalarNode(source.Location, source.Path, text);
    }

    private static void Check(MapNode parameter, TemplateNode source, string value, bool isNumber)
    {
        if (parameter.TryGet("AllowedValues", out var allowed) && allowed.AsList().Items.All(item => item.AsText() != value))
        {
            var choices = string.Join(", ", allowed.AsList().Items.Select(item => item.AsText()));
            throw new TemplateException(source, $"\"{value}\" is not allowed: choose one of {choices}");
        }

        if (parameter.TryGet("AllowedPattern", out var pattern)
            && !Regex.IsMatch(value, $"^(?:{pattern.AsText()})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
        {
            throw new TemplateException(source, $"\"{value}\" does not match {pattern.AsText()}");
        }

        CheckRange(parameter, source, value, value.Length, "MinLength", "MaxLength", "characters");
        if (isNumber)
        {
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                throw new TemplateException(source, $"\"{value}\" is not a number");
            }

            CheckRange(parameter, source, value, number, "MinValue", "MaxValue", "");
        }
    }

    private static void CheckRange(
        MapNode parameter, TemplateNode source, string value, double size, string minimum, string maximum, string unit)
    {
        var text = unit.Length == 0 ? "" : " " + unit;
        if (parameter.TryGet(minimum, out var least) && size < least.AsNumber())
        {
            throw new TemplateException(source, $"\"{value}\" is too small: the least is {least.AsText()}{text}");
        }

        if (parameter.TryGet(maximum, out var most) && size > most.AsNumber())
        {
            throw new TemplateException(source, $"\"{value}\" is too large: the most is {most.AsText()}{text}");
        }
    }
}
