using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Run;

/// <summary>Writes a DynamoDB item as plain JSON: numbers as numbers, binary in base64, sets as arrays.</summary>
internal static class ItemJson
{
    /// <summary>Returns the item on one line, with attributes in alphabetical order.</summary>
    public static string Write(IReadOnlyDictionary<string, AttributeValue> item) =>
        JsonText.Write(JsonText.Line, json => Write(json, item));

    private static void Write(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, AttributeValue>> item)
    {
        json.WriteStartObject();
        foreach (var (name, value) in item.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        if (value.S is { } text)
        {
            json.WriteStringValue(text);
        }
        else if (value.N is { } number)
        {
            json.WriteRawValue(number);
        }
        else if (value.BOOL is { } boolean)
        {
            json.WriteBooleanValue(boolean);
        }
        else if (value.B is { } binary)
        {
            json.WriteBase64StringValue(binary.ToArray());
        }
        else if (value.M is { } map)
        {
            Write(json, map);
        }
        else if (value.L is { } list)
        {
            WriteArray(json, list, Write);
        }
        else if (value.SS is { } texts)
        {
            WriteArray(json, texts, static (json, text) => json.WriteStringValue(text));
        }
        else if (value.NS is { } numbers)
        {
            WriteArray(json, numbers, static (json, number) => json.WriteRawValue(number));
        }
        else if (value.BS is { } binaries)
        {
            WriteArray(json, binaries, static (json, binary) => json.WriteBase64StringValue(binary.ToArray()));
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter json, List<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var value in values)
        {
            write(json, value);
        }

        json.WriteEndArray();
    }
}
