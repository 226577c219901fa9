using System.Text;
using Analytics.Events.Json;

namespace Analytics.Events;

/// <summary>A scalar of an event, still as UTF-8 in the event's own JSON.</summary>
public readonly ref struct EventText
{
    private readonly ReadOnlySpan<byte> _raw;
    private readonly bool _escaped;

    internal EventText(ReadOnlySpan<byte> raw, JsonKind kind, bool escaped)
    {
        _raw = raw;
        _escaped = escaped;
        Kind = kind;
    }

    /// <summary>Whether the event has the field with a scalar value.</summary>
    public bool IsPresent => Kind is >= JsonKind.False and <= JsonKind.String;

    /// <summary>The bytes that <see cref="TryCopyTo"/> needs at most.</summary>
    public int MaxLength => IsPresent ? _raw.Length : 0;

    /// <summary>What it is in the JSON; a null, an object or an array is not present as a text.</summary>
    internal JsonKind Kind { get; }

    /// <summary>Whether it is a JSON number, or a string that holds one, of whatever size.</summary>
    internal bool IsNumber => Kind == JsonKind.Number || (Kind == JsonKind.String && JsonScanner.IsNumber(_raw));

    internal ReadOnlySpan<byte> Raw => _raw;

    internal bool IsEscaped => _escaped;

    internal static EventText Of(ReadOnlySpan<byte> json, JsonSlice slice) => new(slice.Of(json), slice.Kind, slice.IsEscaped);

    /// <summary>Whether the value equals <paramref name="utf8"/> once its JSON escapes are resolved. False when absent.</summary>
    public bool Equals(ReadOnlySpan<byte> utf8) =>
        IsPresent && (_escaped ? JsonString.UnescapedEquals(_raw, utf8) : _raw.SequenceEqual(utf8));

    /// <summary>Writes the value with its JSON escapes resolved; false when <paramref name="destination"/> is too small.</summary>
    public bool TryCopyTo(Span<byte> destination, out int written)
    {
        if (IsPresent && _escaped)
        {
            return JsonString.TryUnescape(_raw, destination, out written);
        }

        var text = IsPresent ? _raw : default;
        var copied = text.TryCopyTo(destination);
        written = copied ? text.Length : 0;
        return copied;
    }

    /// <summary>The value as a string; empty when absent. Unpaired surrogate escapes become U+FFFD.</summary>
    public override string ToString() => IsPresent ? _escaped ? JsonString.ToText(_raw) : Encoding.UTF8.GetString(_raw) : "";

    /// <summary>The exact number that the value is or holds; see <see cref="Event.TryGetNumber"/>.</summary>
    internal bool TryGetNumber(out decimal value) => JsonNumber.TryParse(_raw, Kind, out value);
}
