using System.Buffers;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Analytics.Rollup.Benchmarks;

/// <summary>An item of the table.</summary>
/// <param name="Sort">Its sort key.</param>
/// <param name="Json">The item in the form of responses.</param>
/// <param name="Bytes">Its size by DynamoDB's rules.</param>
/// <param name="Generation">The number of the attribute <c>generation</c>, or null.</param>
/// <param name="State">The text of the attribute <c>state</c>, or null.</param>
internal sealed record StoredItem(string Sort, byte[] Json, int Bytes, long? Generation, string? State)
{
    /// <summary>Parses an item of a request.</summary>
    public static StoredItem From(JsonElement item) => new(
        item.GetProperty("sk").GetProperty("S").GetString()!,
        Encoding.UTF8.GetBytes(item.GetRawText()),
        GetSize(item),
        item.TryGetProperty("generation", out var generation) ? long.Parse(generation.GetProperty("N").GetString()!) : null,
        item.TryGetProperty("state", out var state) ? state.GetProperty("S").GetString() : null);

    /// <summary>Writes an item in the form of requests.</summary>
    public static byte[] Write(Dictionary<string, AttributeValue> item)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, item);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Dictionary<string, AttributeValue> members)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
        {
            json.WriteStartObject(name);
            switch (value)
            {
                case { S: { } text }:
                    json.WriteString("S", text);
                    break;
                case { N: { } number }:
                    json.WriteString("N", number);
                    break;
                case { B: { } bytes }:
                    json.WriteBase64String("B", bytes.ToArray());
                    break;
                default:
                    throw new NotSupportedException($"The attribute {name} is of a type that no link has.");
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static int GetSize(JsonElement item) => item.EnumerateObject().Sum(member => Encoding.UTF8.GetByteCount(member.Name) + GetValueSize(member.Value));

    private static int GetValueSize(JsonElement value)
    {
        var member = value.EnumerateObject().Single();
        return member.Name switch
        {
            "S" => Encoding.UTF8.GetByteCount(member.Value.GetString()!),
            "N" => (member.Value.GetString()!.Length / 2) + 2,
            "B" => member.Value.GetBytesFromBase64().Length,
            "SS" => member.Value.EnumerateArray().Sum(text => Encoding.UTF8.GetByteCount(text.GetString()!)),
            "M" => 3 + member.Value.EnumerateObject().Count() + GetSize(member.Value),
            "L" => 3 + member.Value.EnumerateArray().Sum(element => 1 + GetValueSize(element)),
            _ => 1,
        };
    }
}
