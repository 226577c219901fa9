using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Analytics.Counting.Storage;

/// <summary>Attribute names shared by several kinds of items, and conversion of plain values to attributes.</summary>
internal static class Attributes
{
    public const string PartitionKey = "pk";
    public const string SortKey = "sk";

    /// <summary>The attribute for the expiry of an item: seconds since 1970.</summary>
    public const string Expiry = "expiresAt";

    /// <summary>The generation of the rollup that wrote an item.</summary>
    public const string Generation = "generation";

    /// <summary>Whether a plan is <see cref="Planned"/> or <see cref="Done"/>.</summary>
    public const string State = "state";
    public const string Planned = "planned";
    public const string Done = "done";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static Dictionary<string, AttributeValue> Item(ItemKey key) => new()
    {
        [PartitionKey] = Text(key.Partition),
        [SortKey] = Text(key.Sort),
    };

    public static ItemKey GetKey(Dictionary<string, AttributeValue> item) => new(item[PartitionKey].S, item[SortKey].S);

    public static AttributeValue Text(string value) => new() { S = value };

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Number(decimal value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Binary(byte[] value) => new() { B = new MemoryStream(value, 0, value.Length, writable: false, publiclyVisible: true) };

    public static AttributeValue Time(DateTimeOffset value) => Text(TimeText(value));

    /// <summary>Formats a time in UTC with milliseconds.</summary>
    public static string TimeText(DateTimeOffset value) => value.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The attribute is missing or is not a text.</exception>
    public static string GetText(Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.S ?? throw Invalid(name, "a text");

    /// <exception cref="FormatException">The attribute is missing or is not a whole number.</exception>
    public static long GetNumber(Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.N is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Invalid(name, "a whole number");

    /// <exception cref="FormatException">The attribute is not a number.</exception>
    public static decimal? GetDecimal(Dictionary<string, AttributeValue> item, string name) =>
        !item.TryGetValue(name, out var attribute) ? null
        : decimal.TryParse(attribute.N, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw Invalid(name, "a number");

    /// <exception cref="FormatException">The attribute is missing or is not a time.</exception>
    public static DateTimeOffset GetTime(Dictionary<string, AttributeValue> item, string name) =>
        DateTimeOffset.TryParseExact(
            GetText(item, name),
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var value)
            ? value
            : throw Invalid(name, "a time");

    /// <summary>Returns the bytes of a binary attribute, or null if it is missing.</summary>
    public static byte[]? GetBytes(Dictionary<string, AttributeValue> item, string name) => item.GetValueOrDefault(name)?.B?.ToArray();

    /// <summary>Creates the exception for an invalid attribute.</summary>
    public static FormatException Invalid(string name, string expected) => new($"attribute {name} is not {expected}");
}
