using System.Buffers;
using Analytics.Events.Json;

namespace Analytics.Events.Patterns;

/// <summary>The rule of a pattern for one path of an event.</summary>
/// <param name="matchesNothing">Whether the rule is met if the path does not exist.</param>
internal abstract class PatternRule(bool matchesNothing)
{
    public bool MatchesNothing => matchesNothing;

    /// <summary>Reads the next value of valid JSON and returns whether it matches the rule.</summary>
    public bool IsMetByNext(ref JsonScanner scanner, ReadOnlySpan<byte> json)
    {
        var isAnything = false;
        return TryNext(ref scanner, json, ref isAnything) || (!isAnything && MatchesNothing);
    }

    /// <summary>Matches a value that is not an array; <paramref name="isAnything"/> is set if the value has the kind that the rule applies to.</summary>
    protected abstract bool TryOne(ref JsonScanner scanner, ReadOnlySpan<byte> json, ref bool isAnything);

    /// <summary>Matches an array, of which any element may match. It is always read to its end.</summary>
    private bool TryNext(ref JsonScanner scanner, ReadOnlySpan<byte> json, ref bool isAnything)
    {
        if (scanner.Peek() != (byte)'[')
        {
            return TryOne(ref scanner, json, ref isAnything);
        }

        var isMet = false;
        var first = true;
        scanner.Enter(0);
        while (scanner.ReadElement(ref first, out var atEnd) && !atEnd)
        {
            isMet |= TryNext(ref scanner, json, ref isAnything);
        }

        return isMet;
    }
}

/// <summary>An array of conditions, of which a scalar must match one.</summary>
internal sealed class PatternLeaf(IReadOnlyList<Condition> conditions, bool matchesNothing) : PatternRule(matchesNothing)
{
    private const int MaxStackBytes = 256;

    private readonly Condition[] _conditions = [.. conditions];

    /// <summary>Returns whether a canonical field or another scalar matches the rule.</summary>
    public bool IsMetBy(EventText text, bool isField)
    {
        if (text.Kind == JsonKind.None)
        {
            return MatchesNothing;
        }

        return text.IsEscaped ? IsMetByEscaped(text, isField) : IsMetBy(new PatternValue(text.Kind, text.Raw, isField));
    }

    protected override bool TryOne(ref JsonScanner scanner, ReadOnlySpan<byte> json, ref bool isAnything)
    {
        scanner.ReadValue(0, out var value);
        if (value.Kind == JsonKind.Object)
        {
            return false;
        }

        isAnything = true;
        return IsMetBy(EventText.Create(json, value), isField: false);
    }

    private bool IsMetByEscaped(EventText text, bool isField)
    {
        var rented = text.MaxLength > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(text.MaxLength) : null;
        Span<byte> plain = rented ?? stackalloc byte[MaxStackBytes];
        text.TryCopyTo(plain, out var length);
        var isMet = IsMetBy(new PatternValue(text.Kind, plain[..length], isField));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return isMet;
    }

    private bool IsMetBy(in PatternValue value)
    {
        foreach (var condition in _conditions)
        {
            if (condition.IsMetBy(value))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>An object of keys: a JSON object must match the rule of each, and one alternative of <c>$or</c>.</summary>
internal sealed class PatternNode(IReadOnlyList<PatternKey> keys, PatternExpression expression)
    : PatternRule(expression.Holds(MatchingNothing(keys)))
{
    private readonly PatternKey[] _keys = [.. keys];
    private readonly ulong _nothing = MatchingNothing(keys);

    public ReadOnlySpan<PatternKey> Keys => _keys;

    public PatternExpression Expression => expression;

    protected override bool TryOne(ref JsonScanner scanner, ReadOnlySpan<byte> json, ref bool isAnything)
    {
        if (scanner.Peek() != (byte)'{')
        {
            scanner.ReadValue(0, out _);
            return false;
        }

        isAnything = true;
        var met = _nothing;
        var first = true;
        scanner.Enter(0);
        while (scanner.ReadName(ref first, out var name, out var atEnd) && !atEnd)
        {
            ReadMember(ref scanner, json, name, ref met);
        }

        return expression.Holds(met);
    }

    /// <summary>A name may occur several times in a pattern, in the alternatives of <c>$or</c>: each reads the value again.</summary>
    private void ReadMember(ref JsonScanner scanner, ReadOnlySpan<byte> json, JsonSlice name, ref ulong met)
    {
        var isRead = false;
        var value = scanner;
        for (var index = 0; index < _keys.Length; index++)
        {
            if (!_keys[index].IsNamed(json, name))
            {
                continue;
            }

            scanner = value;
            var bit = 1UL << index;
            met = _keys[index].Rule.IsMetByNext(ref scanner, json) ? met | bit : met & ~bit;
            isRead = true;
        }

        if (!isRead)
        {
            scanner.ReadValue(0, out _);
        }
    }

    private static ulong MatchingNothing(IReadOnlyList<PatternKey> keys)
    {
        var bits = 0UL;
        for (var index = 0; index < keys.Count; index++)
        {
            bits |= keys[index].Rule.MatchesNothing ? 1UL << index : 0;
        }

        return bits;
    }
}
