using System.Text.Json;
using System.Text.Json.Serialization;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Archive;

/// <summary>The compacted parts of a day: <c>_manifest.json</c> next to the Parquet files. Parquet readers skip it because of its name.</summary>
internal sealed record CompactionManifest
{
    /// <summary>The object's name.</summary>
    public const string FileName = "_manifest.json";

    /// <summary>The day, such as 2026-03-01.</summary>
    public required string Day { get; init; }

    /// <summary>The verified Parquet objects in order of creation.</summary>
    public required IReadOnlyList<CompactedPart> Parts { get; init; }

    /// <summary>Parses a manifest.</summary>
    /// <param name="content">The object's content.</param>
    /// <param name="where">The object's location, for messages.</param>
    /// <exception cref="UserException">The object is not a manifest.</exception>
    public static CompactionManifest Parse(ReadOnlySpan<byte> content, string where)
    {
        try
        {
            return JsonSerializer.Deserialize(content, CompactionJson.Default.CompactionManifest)!;
        }
        catch (JsonException e)
        {
            throw new UserException($"{where} is not a manifest: {e.Message} Delete it, and run the command again.", e);
        }
    }
}

/// <summary>A verified Parquet object.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Hour">The hour of arrival.</param>
/// <param name="Rows">Number of events.</param>
/// <param name="Fingerprint">128-bit sum over the positions and bytes of all events.</param>
/// <param name="Sha256">SHA-256 of the object.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sources">The archive objects that it was compacted from.</param>
internal sealed record CompactedPart(string Key, int Hour, long Rows, string Fingerprint, string Sha256, long Bytes, IReadOnlyList<CompactedSource> Sources);

/// <summary>An archive object that was compacted.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Events">Number of distinct events.</param>
/// <param name="Fingerprint">128-bit sum over the positions and bytes of all events; empty in manifests of earlier versions, which list only keys.</param>
[JsonConverter(typeof(CompactedSourceConverter))]
internal sealed record CompactedSource(string Key, long Events, string Fingerprint);

/// <summary>Parses a source, including those of earlier versions, which consist of the key alone.</summary>
internal sealed class CompactedSourceConverter : JsonConverter<CompactedSource>
{
    public override CompactedSource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new CompactedSource(reader.GetString()!, 0, "");
        }

        var source = JsonElement.ParseValue(ref reader);
        try
        {
            return new CompactedSource(
                source.GetProperty("key").GetString()!, source.GetProperty("events").GetInt64(), source.GetProperty("fingerprint").GetString()!);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new JsonException($"a source is not an object with key, events and fingerprint: {e.Message}", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, CompactedSource value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("key", value.Key);
        writer.WriteNumber("events", value.Events);
        writer.WriteString("fingerprint", value.Fingerprint);
        writer.WriteEndObject();
    }
}

/// <summary>JSON serialization of the manifest.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CompactionManifest))]
internal sealed partial class CompactionJson : JsonSerializerContext;
