using System.Globalization;
using System.Xml.Linq;
using Amazon.Runtime.Internal;

namespace Amazon.Protocols;

/// <summary>The building blocks of Query protocol marshallers. Null is not written, and a missing element is null.</summary>
internal static class Query
{
    public static void Text(this ParameterCollection query, string name, string? value)
    {
        if (value is not null)
        {
            query.Add(name, value);
        }
    }

    public static void Flag(this ParameterCollection query, string name, bool? value) =>
        query.Text(name, value switch { true => "true", false => "false", null => null });

    public static void Bytes(this ParameterCollection query, string name, MemoryStream? value) =>
        query.Text(name, value is null ? null : Convert.ToBase64String(value.ToArray()));

    /// <summary>Writes a list: <c>name.member.1.…</c>.</summary>
    /// <param name="query">The query to write to.</param>
    /// <param name="name">The list's name.</param>
    /// <param name="values">The items.</param>
    /// <param name="write">Writes an item, whose names start with the prefix.</param>
    public static void Objects<T>(
        this ParameterCollection query, string name, List<T>? values, Action<ParameterCollection, string, T> write)
    {
        for (var index = 0; index < values?.Count; index++)
        {
            write(query, string.Create(CultureInfo.InvariantCulture, $"{name}.member.{index + 1}"), values[index]);
        }
    }

    /// <summary>Writes a map: <c>name.entry.1.key</c> and <c>name.entry.1.value…</c>, or with the map's names.</summary>
    public static void Map<T>(
        this ParameterCollection query,
        string name,
        Dictionary<string, T>? values,
        Action<ParameterCollection, string, T> write,
        string keyName = "key",
        string valueName = "value")
    {
        var index = 0;
        foreach (var (key, value) in values ?? [])
        {
            index++;
            var entry = string.Create(CultureInfo.InvariantCulture, $"{name}.entry.{index}");
            query.Text($"{entry}.{keyName}", key);
            write(query, $"{entry}.{valueName}", value);
        }
    }

    public static string? Text(this XElement xml, string name) => xml.Member(name)?.Value;

    public static bool? Flag(this XElement xml, string name) => xml.Text(name) is { } text ? text == "true" : null;

    /// <summary>A time in ISO 8601, in UTC.</summary>
    public static DateTime? Time(this XElement xml, string name) => xml.Text(name) is { } text
        ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)
        : null;

    public static List<T>? Objects<T>(this XElement xml, string name, Func<XElement, T> read) =>
        xml.Member(name)?.Elements().Select(read).ToList();

    /// <summary>A child by its name, in any namespace.</summary>
    public static XElement? Member(this XElement xml, string name) => xml.Elements().FirstOrDefault(child => child.Name.LocalName == name);
}
