using System.Text;

namespace AWS.Lambda.Powertools.Logging.Internal;

/// <summary>
/// A message template as in https://messagetemplates.org: <c>{Name}</c> or <c>{Name:format}</c> is replaced by an argument, by
/// position; doubled braces by a brace. A placeholder without an argument is unchanged.
/// </summary>
internal static class MessageTemplate
{
    /// <summary>Renders the text and passes each placeholder's name, converted to snake_case, and argument to <paramref name="field"/>.</summary>
    public static string Render(string template, object?[] arguments, Action<string, object?> field)
    {
        if (!template.AsSpan().ContainsAny('{', '}'))
        {
            return template;
        }

        var text = new StringBuilder(template.Length + (16 * arguments.Length));
        var next = 0;
        for (var at = 0; at < template.Length; at++)
        {
            var character = template[at];
            var doubled = at + 1 < template.Length && template[at + 1] == character;
            if (character is '{' or '}' && doubled)
            {
                text.Append(character);
                at++;
                continue;
            }

            var end = character == '{' ? template.IndexOf('}', at) : -1;
            if (end < 0 || next >= arguments.Length)
            {
                text.Append(character);
                continue;
            }

            var hole = template.AsSpan(at + 1, end - at - 1);
            var colon = hole.IndexOf(':');
            var name = (colon < 0 ? hole : hole[..colon]).TrimStart("@$").ToString();
            var argument = arguments[next++];
            text.Append(JsonValues.ToText(argument, colon < 0 ? null : hole[(colon + 1)..].ToString()));
            field(name, argument);
            at = end;
        }

        return text.ToString();
    }
}
