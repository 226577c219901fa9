using System.Text;
using Analytics.Events.Json;

namespace Analytics.Events.Patterns;

/// <summary>A key of a pattern and its rule.</summary>
internal sealed class PatternKey(string name, PatternRule rule)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

    public string Name => name;

    public PatternRule Rule => rule;

    /// <summary>The canonical field with the key's name, or null for <c>data</c> and for keys within JSON.</summary>
    public EventField? Field { get; } = EventFieldNames.TryParse(name, out var field) ? field : null;

    public bool IsNamed(ReadOnlySpan<byte> json, JsonSlice name) =>
        name.IsEscaped ? JsonString.UnescapedEquals(name.GetBytes(json), _utf8) : name.GetBytes(json).SequenceEqual(_utf8);
}
