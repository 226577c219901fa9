using System.Text.Json;
using System.Text.Json.Serialization;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Archive;

/// <summary>What has been compacted of a day: <c>_manifest.json</c> beside the Parquet, which readers of Parquet pass over by its name.</summary>
internal sealed record CompactionManifest
{
    /// <summary>The object's name.</summary>
    public const string FileName = "_manifest.json";

    /// <summary>The day, as 2026-03-01.</summary>
    public required string Day { get; init; }

    /// <summary>The Parquet objects that were verified, in the order in which they were made.</summary>
    public required IReadOnlyList<CompactedPart> Parts { get; init; }

    /// <summary>Reads the object.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="where">Which it is, for messages.</param>
    /// <exception cref="UserException">It is no manifest.</exception>
    public static CompactionManifest Parse(ReadOnlySpan<byte> content, string where)
    {
        try
        {
            return JsonSerializer.Deserialize(content, CompactionJson.Default.CompactionManifest)!;
        }
        catch (JsonException e)
        {
            throw new UserException($"{where} is no manifest: {e.Message} Remove it, and run this again.", e);
        }
    }
}

/// <summary>A Parquet object that was verified.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Hour">The hour of arrival that it is of.</param>
/// <param name="Rows">How many events it holds.</param>
/// <param name="Fingerprint">128 bits over the places and bytes of all of them.</param>
/// <param name="Sha256">Of the object itself.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sources">The archive objects that it was made of.</param>
internal sealed record CompactedPart(string Key, int Hour, long Rows, string Fingerprint, string Sha256, long Bytes, IReadOnlyList<CompactedSource> Sources);

/// <summary>An archive object that Parquet was made of.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Events">How many different events it held.</param>
/// <param name="Fingerprint">128 bits over the places and bytes of all of them; empty in a manifest of an earlier version, which named keys only.</param>
[JsonConverter(typeof(CompactedSourceConverter))]
internal sealed record CompactedSource(string Key, long Events, string Fingerprint);

/// <summary>Reads a source, also of an earlier version's manifest: its key alone.</summary>
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
            throw new JsonException($"a source is no object with key, events and fingerprint: {e.Message}", e);
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

/// <summary>The manifest's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CompactionManifest))]
internal sealed partial class CompactionJson : JsonSerializerContext;
