using System.Diagnostics.CodeAnalysis;
using System.Text;
using Analytics.Events.Json;

namespace Analytics.Events.Definitions;

/// <summary>
/// A field of an event: a canonical name of <see cref="EventFieldNames"/>, or <c>data.x.y</c> for the value at <c>x.y</c>
/// in the producer's JSON. Two paths are equal if their texts are.
/// </summary>
public sealed record FieldPath
{
    /// <summary>The maximum length of a path in characters.</summary>
    public const int MaxLength = 256;

    private const string DataPrefix = "data.";

    private readonly string _text;
    private readonly EventField? _field;
    private readonly byte[][] _names;

    private FieldPath(string text, EventField? field, byte[][] names)
    {
        _text = text;
        _field = field;
        _names = names;
    }

    /// <summary>Parses a path. Returns false if it is neither a canonical name nor <c>data.</c> followed by names separated by dots.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out FieldPath? path)
    {
        path = null;
        if (EventFieldNames.TryParse(text, out var field))
        {
            path = new FieldPath(text!, field, []);
        }
        else if (text is { Length: <= MaxLength } && text.StartsWith(DataPrefix, StringComparison.Ordinal))
        {
            var names = text[DataPrefix.Length..].Split('.');
            path = names.Contains("") ? null : new FieldPath(text, null, [.. names.Select(Encoding.UTF8.GetBytes)]);
        }

        return path is not null;
    }

    /// <summary>
    /// Returns the scalar at the path; absent if it is missing, null, an object or an array.
    /// The last of duplicate properties is used; arrays are not searched.
    /// </summary>
    public EventText Text(in Event @event) => _field is { } field ? @event.Text(field) : Find(@event.Json.Span);

    /// <summary>Gets the exact number at the path, like <see cref="Event.TryGetNumber"/>.</summary>
    public bool TryGetNumber(in Event @event, out decimal value) => Text(in @event).TryGetNumber(out value);

    /// <summary>Gets the exact number at the path, or the reason why there is none.</summary>
    public FieldNumber GetNumber(in Event @event, out decimal value)
    {
        var text = Text(in @event);
        return text.TryGetNumber(out value) ? FieldNumber.Number
            : text.Kind is JsonKind.None or JsonKind.Null ? FieldNumber.Absent
            : text.IsNumber ? FieldNumber.OutOfRange
            : FieldNumber.NotANumber;
    }

    /// <summary>Returns whether the value at the path is an object or an array, which has no text.</summary>
    public bool IsStructure(in Event @event) => Text(in @event).Kind is JsonKind.Object or JsonKind.Array;

    /// <summary>Returns the path as written in definitions.json.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(FieldPath? other) => other is not null && other._text == _text;

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    private EventText Find(ReadOnlySpan<byte> json)
    {
        var scanner = JsonScanner.ForValid(json);
        scanner.Peek();
        var found = new JsonSlice(JsonKind.Object, scanner.Position, json.Length - scanner.Position);
        foreach (var name in _names)
        {
            if (found.Kind != JsonKind.Object)
            {
                return default;
            }

            found = FindMember(json, found.Start, name);
        }

        return EventText.Create(json, found);
    }

    private static JsonSlice FindMember(ReadOnlySpan<byte> json, int start, ReadOnlySpan<byte> name)
    {
        JsonSlice found = default;
        var first = true;
        var scanner = JsonScanner.ForValid(json, start);
        scanner.Enter(0);
        while (scanner.ReadName(ref first, out var member, out var atEnd) && !atEnd)
        {
            scanner.ReadValue(0, out var value);
            if (member.IsEscaped ? JsonString.UnescapedEquals(member.GetBytes(json), name) : member.GetBytes(json).SequenceEqual(name))
            {
                found = value;
            }
        }

        return found;
    }
}
