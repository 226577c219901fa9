using System.Globalization;
using System.Numerics;

namespace Analytics.Counting.Partials;

/// <summary>
/// A sum of decimals, exact: what stands up to the ninth decimal place, and the rest below it. Each is a whole number that a DynamoDB number of
/// 38 digits holds, for more than 10^12 numbers of the largest magnitude that is taken (<see cref="Bound"/>).
/// </summary>
/// <param name="Nanos">In units of 10^-9.</param>
/// <param name="Rest">In units of 10^-28, the last place of a <see cref="decimal"/>.</param>
internal readonly record struct ExactNumber(Int128 Nanos, Int128 Rest)
{
    /// <summary>Numbers of this magnitude or more are not taken: no amount is a hundred quadrillion, and their sum could outgrow a DynamoDB number.</summary>
    public const decimal Bound = 100_000_000_000_000_000m;

    private const int NanoPlaces = 9;
    private const int RestPlaces = 28;

    private static readonly Int128 NanosPerUnit = 1_000_000_000;
    private static readonly BigInteger RestsPerNano = BigInteger.Pow(10, RestPlaces - NanoPlaces);
    private static readonly BigInteger MaxMantissa = (BigInteger)decimal.MaxValue;

    /// <summary>The number, or false when its magnitude is <see cref="Bound"/> or more.</summary>
    public static bool TryOf(decimal value, out ExactNumber number)
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

    /// <summary>The sum as a decimal, rounded to its 28 digits where it has more.</summary>
    public decimal ToDecimal()
    {
        var total = ((BigInteger)Nanos * RestsPerNano) + Rest;
        var places = RestPlaces;
        for (var dropped = BigInteger.Zero; places > 0 && BigInteger.Abs(total) > MaxMantissa; places--)
        {
            total = BigInteger.DivRem(total, 10, out dropped);
            total += BigInteger.Abs(dropped) >= 5 ? dropped.Sign : 0;
        }

        for (; places > 0 && (total % 10).IsZero; places--)
        {
            total /= 10;
        }

        Span<int> parts = stackalloc int[4];
        _ = decimal.GetBits((decimal)BigInteger.Min(BigInteger.Abs(total), MaxMantissa), parts);
        return new decimal(parts[0], parts[1], parts[2], total.Sign < 0, (byte)places);
    }

    /// <summary>The part down to the ninth decimal place as a DynamoDB number.</summary>
    public string NanosText()
    {
        var magnitude = Int128.Abs(Nanos);
        var (units, nanos) = Int128.DivRem(magnitude, NanosPerUnit);
        var sign = Nanos < 0 ? "-" : "";
        return nanos == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{units}")
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{units}.{(long)nanos:D9}").TrimEnd('0');
    }

    /// <summary>The part below, in units of 10^-28, as a DynamoDB number.</summary>
    public string RestText() => Rest.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="NanosText"/> and <see cref="RestText"/> wrote, once DynamoDB has added it up.</summary>
    /// <exception cref="FormatException">They are not such numbers.</exception>
    public static ExactNumber Parse(string nanos, string? rest) => new(ParseScaled(nanos, NanoPlaces), rest is null ? 0 : ParseScaled(rest, 0));

    private static Int128 ParseScaled(string text, int places)
    {
        var exponentAt = text.AsSpan().IndexOfAny('e', 'E');
        var digits = exponentAt < 0 ? text : text[..exponentAt];
        var exponent = exponentAt < 0 ? 0 : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = places + exponent - (point < 0 ? 0 : digits.Length - point - 1);
        var whole = BigInteger.Parse(point < 0 ? digits : digits.Remove(point, 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var scaled = scale >= 0 ? whole * BigInteger.Pow(10, Math.Min(scale, 40)) : BigInteger.DivRem(whole, BigInteger.Pow(10, -scale), out _);
        return BigInteger.Abs(scaled) < (BigInteger)Int128.MaxValue ? (Int128)scaled : throw new FormatException($"'{text}' is too large for a sum.");
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
