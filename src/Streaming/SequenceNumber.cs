using System.Diagnostics.CodeAnalysis;

namespace Analytics.Streaming;

/// <summary>
/// A Kinesis sequence number: a decimal of up to 129 digits (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html),
/// compared as the number it is.
/// </summary>
public readonly struct SequenceNumber : IComparable<SequenceNumber>, IEquatable<SequenceNumber>
{
    private readonly string? _digits;

    private SequenceNumber(string digits) => _digits = digits;

    /// <summary>The maximum number of digits of a sequence number.</summary>
    public const int MaxDigits = 129;

    /// <summary>Parses a decimal of 1 to <see cref="MaxDigits"/> digits; leading zeros are ignored.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SequenceNumber value)
    {
        value = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxDigits || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var digits = text[0] == '0' && text.Length > 1 ? text.TrimStart('0') : text;
        value = new SequenceNumber(digits.Length == 0 ? "0" : digits);
        return true;
    }

    /// <summary>Parses a sequence number, like <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is not a sequence number.</exception>
    public static SequenceNumber Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a Kinesis sequence number.");

    /// <summary>
    /// Returns a text whose byte order equals the numeric order, for conditions on a DynamoDB string: three digits of length, then the digits.
    /// (A DynamoDB number has only 38 digits.)
    /// </summary>
    public string ToSortableString() => string.Create(3 + Digits.Length, Digits, static (span, digits) =>
    {
        digits.Length.TryFormat(span, out _, "D3");
        digits.CopyTo(span[3..]);
    });

    /// <summary>Parses the result of <see cref="ToSortableString"/>.</summary>
    /// <exception cref="FormatException">The text is not such a string.</exception>
    public static SequenceNumber FromSortableString(string text) =>
        text.Length > 3 ? Parse(text[3..]) : throw new FormatException($"'{text}' is not a sortable sequence number.");

    private string Digits => _digits ?? "0";

    /// <inheritdoc/>
    public int CompareTo(SequenceNumber other)
    {
        var byLength = Digits.Length.CompareTo(other.Digits.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(Digits, other.Digits);
    }

    /// <inheritdoc/>
    public bool Equals(SequenceNumber other) => Digits == other.Digits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SequenceNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Digits.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the decimal digits, as Kinesis writes them.</summary>
    public override string ToString() => Digits;

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(SequenceNumber left, SequenceNumber right) => left.Equals(right);

    /// <summary>Whether they are different numbers.</summary>
    public static bool operator !=(SequenceNumber left, SequenceNumber right) => !left.Equals(right);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) >= 0;
}
