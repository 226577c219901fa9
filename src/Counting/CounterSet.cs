using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>
/// The counters of a definitions.json, and the hashes that identify them in links and windows. Hashes are computed over canonical JSON (members sorted, no white
/// space), so that formatting and descriptions do not affect them.
/// </summary>
internal sealed class CounterSet
{
    /// <summary>The members that determine the meaning of a counter's numbers. The others determine their number and retention.</summary>
    private static readonly string[] Meaning = ["name", "pattern", "measure", "field", "where", "by", "last"];

    private const int HashBytes = 8;

    /// <summary>Creates a set with the counters of definitions.</summary>
    public CounterSet(Definitions definitions)
    {
        using var source = JsonDocument.Parse(definitions.Source);
        var elements = source.RootElement.TryGetProperty("counters", out var counters) ? counters.EnumerateArray().ToList() : [];
        Json = Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("counters");
            elements.ForEach(element => WriteSorted(json, element, name => name != "description"));
            json.WriteEndArray();
            json.WriteEndObject();
        });
        Hash = ComputeHash(Json);
        Counters =
        [
            .. definitions.Counters.Zip(elements, (definition, element) =>
                new PlannedCounter(definition, ComputeHash(Write(json => WriteSorted(json, element, Meaning.Contains))))),
        ];
    }

    /// <summary>The counters in the order of the definitions.</summary>
    public PlannedCounter[] Counters { get; }

    /// <summary>Their definitions as canonical JSON.</summary>
    public string Json { get; }

    /// <summary>The hash of <see cref="Json"/>.</summary>
    public string Hash { get; }

    /// <summary>Parses <see cref="Json"/>.</summary>
    /// <exception cref="DefinitionsException">The JSON is invalid.</exception>
    public static CounterSet Parse(string json) => new(Definitions.Parse(Encoding.UTF8.GetBytes(json)));

    private static string ComputeHash(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, HashBytes));

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteSorted(Utf8JsonWriter json, JsonElement element, Func<string, bool>? includes = null)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject().Where(member => includes?.Invoke(member.Name) != false).OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(member.Name);
                    WriteSorted(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    WriteSorted(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
