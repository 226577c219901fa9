using Analytics.Events.Json;

namespace Analytics.Events.Patterns;

/// <summary>An unescaped scalar to match conditions against.</summary>
/// <param name="kind">The kind of the value in the JSON.</param>
/// <param name="text">A string's text, or another scalar's token.</param>
/// <param name="isField">
/// Whether it is a canonical field of an event, which is both text and number, whichever its producer wrote.
/// In JSON a string condition requires a string and a number condition a number, as in EventBridge.
/// </param>
internal readonly ref struct PatternValue(JsonKind kind, ReadOnlySpan<byte> text, bool isField)
{
    private readonly ReadOnlySpan<byte> _text = text;

    public JsonKind Kind => kind;

    public bool TryGetText(out ReadOnlySpan<byte> text)
    {
        text = _text;
        return kind == JsonKind.String || (isField && kind is JsonKind.Number or JsonKind.True or JsonKind.False);
    }

    /// <summary>The number, clamped to the range of <see cref="decimal"/>.</summary>
    public bool TryGetNumber(out decimal value)
    {
        if (kind == JsonKind.Number)
        {
            if (!JsonNumber.TryParse(_text, kind, out value))
            {
                value = _text[0] == (byte)'-' ? decimal.MinValue : decimal.MaxValue;
            }

            return true;
        }

        value = 0;
        return isField && JsonNumber.TryParse(_text, kind, out value);
    }
}
