using System.Globalization;
using System.Numerics;

namespace Analytics.Counting.Tallies;

/// <summary>
/// An exact sum of decimals, stored as two whole numbers: one in units of 10^-9 and one for the digits below. They can represent the sum of more
/// than 10^12 numbers of the maximum magnitude (<see cref="Bound"/>). It is rounded once, and only for display.
/// </summary>
/// <param name="Nanos">In units of 10^-9.</param>
/// <param name="Rest">In units of 10^-28, the last place of a <see cref="decimal"/>; may be larger than a unit of <paramref name="Nanos"/>.</param>
internal readonly record struct ExactNumber(Int128 Nanos, Int128 Rest)
{
    /// <summary>Numbers of this magnitude or more are rejected: no amount is a hundred quadrillion.</summary>
    public const decimal Bound = 100_000_000_000_000_000m;

    /// <summary>The maximum number of digits of a DynamoDB number.</summary>
    public const int MaxNumberDigits = 38;

    private const int NanoPlaces = 9;
    private const int RestPlaces = 28;

    private static readonly BigInteger RestsPerNano = BigInteger.Pow(10, RestPlaces - NanoPlaces);
    private static readonly BigInteger RestsPerUnit = BigInteger.Pow(10, RestPlaces);
    private static readonly BigInteger MaxMantissa = (BigInteger)decimal.MaxValue;

    /// <summary>Converts a number. Returns false if its magnitude is <see cref="Bound"/> or more.</summary>
    public static bool TryCreate(decimal value, out ExactNumber number)
    {
        number = default;
        if (value is <= -Bound or >= Bound)
        {
            return false;
        }

        Span<int> parts = stackalloc int[4];
        _ = decimal.GetBits(value, parts);
        var mantissa = new Int128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        var scale = (parts[3] >> 16) & 0xFF;
        var rest = Int128.Zero;
        if (scale <= NanoPlaces)
        {
            mantissa *= PowerOf10(NanoPlaces - scale);
        }
        else
        {
            var divisor = PowerOf10(scale - NanoPlaces);
            rest = mantissa % divisor * PowerOf10(RestPlaces - scale);
            mantissa /= divisor;
        }

        number = parts[3] < 0 ? new ExactNumber(-mantissa, -rest) : new ExactNumber(mantissa, rest);
        return true;
    }

    public static ExactNumber operator +(ExactNumber left, ExactNumber right) => new(left.Nanos + right.Nanos, left.Rest + right.Rest);

    /// <summary>Returns whether both are the same number, regardless of the split.</summary>
    public bool Equals(ExactNumber other) => Total == other.Total;

    /// <inheritdoc/>
    public override int GetHashCode() => Total.GetHashCode();

    /// <summary>Returns the sum as a decimal, rounded once if it has more than 28 digits.</summary>
    public decimal ToDecimal() => Round(Total, RestsPerUnit);

    /// <summary>Returns the sum divided by a count, rounded once to a decimal.</summary>
    public decimal DividedBy(long count) => Round(Total, RestsPerUnit * count);

    /// <summary>Returns all digits.</summary>
    public override string ToString() => Format(Total, RestPlaces);

    /// <summary>Returns the sum as a DynamoDB number, rounded once if it has more than <see cref="MaxNumberDigits"/> digits.</summary>
    /// <param name="isExact">Whether it was not rounded.</param>
    public string ToNumberText(out bool isExact)
    {
        var total = Total;
        var places = RestPlaces;
        while (places > 0 && (total % 10).IsZero)
        {
            total /= 10;
            places--;
        }

        var excess = BigInteger.Abs(total).ToString(CultureInfo.InvariantCulture).Length - MaxNumberDigits;
        isExact = excess <= 0;
        return isExact
            ? Format(total, places)
            : string.Create(CultureInfo.InvariantCulture, $"{DivideRounded(total, BigInteger.Pow(10, excess))}E{excess - places}");
    }

    /// <summary>Parses the result of <see cref="ToString"/>, or a DynamoDB number.</summary>
    /// <exception cref="FormatException">The text is not a sum.</exception>
    public static ExactNumber Parse(string text)
    {
        var exponentAt = text.AsSpan().IndexOfAny('e', 'E');
        var digits = exponentAt < 0 ? text : text[..exponentAt];
        var exponent = 0;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        if ((exponentAt >= 0 && !int.TryParse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            || digits.Length > 100
            || !BigInteger.TryParse(point < 0 ? digits : digits.Remove(point, 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            || exponent is < -100 or > 100)
        {
            throw new FormatException($"'{text}' is not a sum");
        }

        var scale = RestPlaces + exponent - (point < 0 ? 0 : digits.Length - point - 1);
        var total = scale >= 0 ? whole * BigInteger.Pow(10, scale) : BigInteger.DivRem(whole, BigInteger.Pow(10, -scale), out _);
        var nanos = BigInteger.DivRem(total, RestsPerNano, out var rest);
        return BigInteger.Abs(nanos) < (BigInteger)Int128.MaxValue
            ? new ExactNumber((Int128)nanos, (Int128)rest)
            : throw new FormatException($"'{text}' is too large for a sum");
    }

    private BigInteger Total => ((BigInteger)Nanos * RestsPerNano) + Rest;

    /// <summary>Returns the decimal nearest to a fraction; halves are rounded away from zero.</summary>
    private static decimal Round(BigInteger numerator, BigInteger denominator)
    {
        for (var places = RestPlaces; ; places--)
        {
            var mantissa = DivideRounded(numerator * BigInteger.Pow(10, places), denominator);
            if (BigInteger.Abs(mantissa) <= MaxMantissa || places == 0)
            {
                return ToDecimal(BigInteger.Min(BigInteger.Abs(mantissa), MaxMantissa), mantissa.Sign < 0, places);
            }
        }
    }

    private static decimal ToDecimal(BigInteger magnitude, bool isNegative, int places)
    {
        for (; places > 0 && (magnitude % 10).IsZero; places--)
        {
            magnitude /= 10;
        }

        Span<int> parts = stackalloc int[4];
        _ = decimal.GetBits((decimal)magnitude, parts);
        return new decimal(parts[0], parts[1], parts[2], isNegative && !magnitude.IsZero, (byte)places);
    }

    private static BigInteger DivideRounded(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        return 2 * BigInteger.Abs(remainder) >= denominator ? quotient + numerator.Sign : quotient;
    }

    private static string Format(BigInteger value, int places)
    {
        var digits = BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var fraction = digits[^places..].TrimEnd('0');
        return $"{(value.Sign < 0 ? "-" : "")}{digits[..^places]}{(fraction.Length > 0 ? "." : "")}{fraction}";
    }

    private static Int128 PowerOf10(int exponent)
    {
        var power = Int128.One;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }
}
