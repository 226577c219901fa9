using System.Text;
using Analytics.Events.Json;

namespace Analytics.Events;

/// <summary>A scalar of an event, as UTF-8 in the event's JSON.</summary>
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

    /// <summary>The maximum number of bytes that <see cref="TryCopyTo"/> needs.</summary>
    public int MaxLength => IsPresent ? _raw.Length : 0;

    /// <summary>The kind of the value in the JSON; a null, an object or an array is absent as a text.</summary>
    internal JsonKind Kind { get; }

    /// <summary>Whether the value is a JSON number, or a string that contains one, of any size.</summary>
    internal bool IsNumber => Kind == JsonKind.Number || (Kind == JsonKind.String && JsonScanner.IsNumber(_raw));

    internal ReadOnlySpan<byte> Raw => _raw;

    internal bool IsEscaped => _escaped;

    internal static EventText Create(ReadOnlySpan<byte> json, JsonSlice slice) => new(slice.GetBytes(json), slice.Kind, slice.IsEscaped);

    /// <summary>Returns whether the unescaped value equals <paramref name="utf8"/>; false if it is absent.</summary>
    public bool Equals(ReadOnlySpan<byte> utf8) =>
        IsPresent && (_escaped ? JsonString.UnescapedEquals(_raw, utf8) : _raw.SequenceEqual(utf8));

    /// <summary>Copies the unescaped value. Returns false if <paramref name="destination"/> is too small.</summary>
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

    /// <summary>Returns the value as a string; empty if absent. Unpaired surrogate escapes become U+FFFD.</summary>
    public override string ToString() => IsPresent ? _escaped ? JsonString.ToText(_raw) : Encoding.UTF8.GetString(_raw) : "";

    /// <summary>Gets the value as an exact number; see <see cref="Event.TryGetNumber"/>.</summary>
    internal bool TryGetNumber(out decimal value) => JsonNumber.TryParse(_raw, Kind, out value);
}
