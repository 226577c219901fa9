using System.Text;
using Analytics.Events.Json;

namespace Analytics.Events.Patterns;

/// <summary>A condition on a field. A field matches if any of its conditions does.</summary>
internal abstract class Condition
{
    public abstract bool IsMetBy(in PatternValue value);
}

/// <summary><c>"text"</c></summary>
internal sealed class TextCondition(string expected) : Condition
{
    private readonly byte[] _expected = Encoding.UTF8.GetBytes(expected);

    public override bool IsMetBy(in PatternValue value) => value.TryGetText(out var text) && text.SequenceEqual(_expected);
}

/// <summary><c>100</c></summary>
internal sealed class NumberCondition(decimal expected) : Condition
{
    public override bool IsMetBy(in PatternValue value) => value.TryGetNumber(out var number) && number == expected;
}

/// <summary><c>true</c>, <c>false</c> or <c>null</c></summary>
internal sealed class LiteralCondition(JsonKind expected) : Condition
{
    public override bool IsMetBy(in PatternValue value) => value.Kind == expected;
}

/// <summary><c>{"exists": true}</c>: any scalar.</summary>
internal sealed class ExistsCondition : Condition
{
    public override bool IsMetBy(in PatternValue value) => true;
}

/// <summary><c>{"prefix": "a"}</c></summary>
internal sealed class PrefixCondition(string prefix) : Condition
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(prefix);

    public override bool IsMetBy(in PatternValue value) => value.TryGetText(out var text) && text.StartsWith(_prefix);
}

/// <summary><c>{"suffix": "a"}</c></summary>
internal sealed class SuffixCondition(string suffix) : Condition
{
    private readonly byte[] _suffix = Encoding.UTF8.GetBytes(suffix);

    public override bool IsMetBy(in PatternValue value) => value.TryGetText(out var text) && text.EndsWith(_suffix);
}

/// <summary><c>{"equals-ignore-case": "a"}</c>, also within prefix and suffix. Uses invariant Unicode case folding.</summary>
internal sealed class IgnoreCaseCondition(string expected, IgnoreCaseCondition.TextPart part) : Condition
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(expected);

    public enum TextPart
    {
        Whole,
        Prefix,
        Suffix,
    }

    public override bool IsMetBy(in PatternValue value)
    {
        if (!value.TryGetText(out var text))
        {
            return false;
        }

        if (!Ascii.IsValid(_utf8) || !Ascii.IsValid(text))
        {
            return IsMetByText(Encoding.UTF8.GetString(text));
        }

        return part switch
        {
            TextPart.Prefix => text.Length >= _utf8.Length && Ascii.EqualsIgnoreCase(text[.._utf8.Length], _utf8),
            TextPart.Suffix => text.Length >= _utf8.Length && Ascii.EqualsIgnoreCase(text[^_utf8.Length..], _utf8),
            _ => Ascii.EqualsIgnoreCase(text, _utf8),
        };
    }

    private bool IsMetByText(string text) => part switch
    {
        TextPart.Prefix => text.StartsWith(expected, StringComparison.OrdinalIgnoreCase),
        TextPart.Suffix => text.EndsWith(expected, StringComparison.OrdinalIgnoreCase),
        _ => text.Equals(expected, StringComparison.OrdinalIgnoreCase),
    };
}

/// <summary><c>{"wildcard": "a*b"}</c>: the parts between the asterisks, in order.</summary>
internal sealed class WildcardCondition(IReadOnlyList<string> parts) : Condition
{
    private readonly byte[][] _parts = [.. parts.Select(Encoding.UTF8.GetBytes)];

    public override bool IsMetBy(in PatternValue value)
    {
        if (!value.TryGetText(out var text))
        {
            return false;
        }

        if (_parts.Length == 1)
        {
            return text.SequenceEqual(_parts[0]);
        }

        if (!text.StartsWith(_parts[0]) || !text[_parts[0].Length..].EndsWith(_parts[^1]))
        {
            return false;
        }

        var between = text[_parts[0].Length..^_parts[^1].Length];
        foreach (var part in _parts.AsSpan(1, _parts.Length - 2))
        {
            var at = between.IndexOf(part);
            if (at < 0)
            {
                return false;
            }

            between = between[(at + part.Length)..];
        }

        return true;
    }
}

/// <summary><c>{"numeric": [">", 0, "&lt;=", 5]}</c></summary>
internal sealed class NumericCondition(NumericCondition.Bound low, NumericCondition.Bound high) : Condition
{
    public override bool IsMetBy(in PatternValue value) =>
        value.TryGetNumber(out var number)
        && (low.Value is not { } lowest || number > lowest || (low.IsIncluded && number == lowest))
        && (high.Value is not { } highest || number < highest || (high.IsIncluded && number == highest));

    /// <summary>A bound of the range; without a value, unbounded.</summary>
    public readonly record struct Bound(decimal? Value, bool IsIncluded);
}

/// <summary><c>{"cidr": "10.0.0.0/24"}</c>: an address in the network. Host bits of the network are ignored.</summary>
/// <param name="network">An address of the network.</param>
/// <param name="length">The number of bits that an address must share with it.</param>
internal sealed class CidrCondition(IpAddress network, int length) : Condition
{
    public override bool IsMetBy(in PatternValue value) =>
        value.TryGetText(out var text)
        && IpAddress.TryParse(text, out var address)
        && address.IsV4 == network.IsV4
        && (length == 0 || (address.Bits ^ network.Bits) >> (network.Length - length) == 0);
}

/// <summary><c>{"anything-but": ...}</c>: a scalar that matches none of the conditions.</summary>
internal sealed class AnythingButCondition(IReadOnlyList<Condition> conditions) : Condition
{
    private readonly Condition[] _conditions = [.. conditions];

    public override bool IsMetBy(in PatternValue value)
    {
        foreach (var condition in _conditions)
        {
            if (condition.IsMetBy(value))
            {
                return false;
            }
        }

        return true;
    }
}
