using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>Converts attributes to texts that are equal if the attributes are, regardless of how DynamoDB formats numbers.</summary>
internal static class AttributeText
{
    public static string Format(AttributeValue? value) =>
        value is null ? "nothing"
        : value.S is { } text ? text
        : value.N is { } number ? Normalize(number)
        : value.B is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"sketch {XxHash64.Compute(bytes.ToArray()):x16}")
        : value.BOOL is { } flag ? (flag ? "true" : "false")
        : value.SS is { Count: > 0 } texts ? string.Join(' ', texts.Order(StringComparer.Ordinal))
        : value.L is { Count: > 0 } elements ? string.Join(", ", elements.Select(Format))
        : value.M is { } members ? string.Join("; ", members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}={Format(member.Value)}"))
        : "nothing";

    /// <summary>Returns a number in plain digits, without insignificant zeros.</summary>
    public static string Normalize(string number)
    {
        var mark = number.IndexOfAny(['e', 'E']);
        var (mantissa, exponent) = mark < 0 ? (number, 0) : (number[..mark], int.Parse(number.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        var sign = mantissa.StartsWith('-') ? "-" : "";
        mantissa = mantissa.TrimStart('-', '+');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var whole = (point < 0 ? digits.Length : point) + exponent;
        digits = whole <= 0 ? new string('0', 1 - whole) + digits : digits;
        whole = Math.Max(whole, 1);
        digits = digits.PadRight(whole, '0');
        var integer = digits[..whole].TrimStart('0');
        var fraction = digits[whole..].TrimEnd('0');
        integer = integer.Length == 0 ? "0" : integer;
        return integer == "0" && fraction.Length == 0 ? "0" : fraction.Length == 0 ? sign + integer : $"{sign}{integer}.{fraction}";
    }
}
