using System.Text;

namespace Analytics.Events.Definitions;

/// <summary>
/// A text with placeholders in braces, such as <c>Order of {amount} {currency}</c>; <c>{{</c> and <c>}}</c> are literal braces. It is parsed once, from
/// definitions.json; values filled in are never parsed, so a value cannot introduce placeholders. Two templates are equal if their texts are.
/// </summary>
public sealed record AlertTemplate
{
    private readonly string _text;

    private AlertTemplate(string text, IReadOnlyList<AlertTemplatePart> parts)
    {
        _text = text;
        Parts = parts;
    }

    /// <summary>The maximum length of a template, in characters.</summary>
    public const int MaxLength = 1_000;

    /// <summary>The maximum number of placeholders in a template, so that a message stays within the limit of SNS.</summary>
    public const int MaxPlaceholders = 20;

    /// <summary>The literal texts and placeholders in order.</summary>
    public IReadOnlyList<AlertTemplatePart> Parts { get; }

    /// <summary>Parses a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isKnown">Returns whether a placeholder exists.</param>
    /// <exception cref="FormatException">The text is not a template; the message is a lower-case sentence.</exception>
    public static AlertTemplate Parse(string text, Func<string, bool> isKnown)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(isKnown);
        if (text.Length is 0 or > MaxLength)
        {
            throw new FormatException($"expected 1 to {MaxLength} characters.");
        }

        if (text.Any(char.IsControl))
        {
            throw new FormatException("expected one line without control characters.");
        }

        var parts = new List<AlertTemplatePart>();
        var literal = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            var isDouble = index + 1 < text.Length && text[index + 1] == text[index];
            switch (text[index])
            {
                case '{' or '}' when isDouble:
                    literal.Append(text[index++]);
                    break;
                case '}':
                    throw new FormatException($"the closing brace at character {index + 1} has no opening brace; write }}}} for a brace.");
                case '{':
                    var end = text.IndexOf('}', index);
                    if (end < 0)
                    {
                        throw new FormatException($"the brace at character {index + 1} is not closed; write {{{{ for a brace.");
                    }

                    var name = text[(index + 1)..end];
                    if (!isKnown(name))
                    {
                        throw new FormatException($"'{name}' is not a placeholder of this rule.");
                    }

                    Add(AlertTemplatePart.OfLiteral(literal.ToString()));
                    Add(AlertTemplatePart.OfPlaceholder(name));
                    literal.Clear();
                    index = end;
                    break;
                default:
                    literal.Append(text[index]);
                    break;
            }
        }

        Add(AlertTemplatePart.OfLiteral(literal.ToString()));
        return parts.Count(part => part.IsPlaceholder) <= MaxPlaceholders
            ? new AlertTemplate(text, parts)
            : throw new FormatException($"expected at most {MaxPlaceholders} placeholders.");

        void Add(AlertTemplatePart part)
        {
            if (part.Text.Length > 0)
            {
                parts.Add(part);
            }
        }
    }

    /// <summary>Fills in the placeholders.</summary>
    /// <param name="value">Returns the text of a placeholder, ready for display.</param>
    public string Fill(Func<string, string> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return string.Concat(Parts.Select(part => part.IsPlaceholder ? value(part.Text) : part.Text));
    }

    /// <summary>Returns the template as written in definitions.json.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(AlertTemplate? other) => other is not null && other._text == _text;

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
