using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Analytics.Local.Mapping;

/// <summary>
/// Stores checkpoints in files: a folder per mapping, a file per shard. Files are replaced atomically, so that a process that is
/// killed at any time leaves either the old or the new checkpoint.
/// </summary>
/// <param name="folder">The parent folder of the mappings' folders; created if missing.</param>
public sealed partial class FileCheckpointStore(string folder) : ICheckpointStore
{
    private const string StartFile = "mapping.json";

    /// <inheritdoc/>
    public async Task<MappingCheckpoint?> LoadAsync(string mappingUuid, CancellationToken cancellationToken)
    {
        var mapping = MappingFolder(mappingUuid);
        var startFile = Path.Combine(mapping, StartFile);
        if (!File.Exists(startFile))
        {
            return null;
        }

        var startedAt = await ReadAsync(startFile, json => json.GetProperty("startedAt").GetDateTimeOffset(), cancellationToken);
        var shards = new Dictionary<string, ShardCheckpoint>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(mapping, "shardId-*.json"))
        {
            var checkpoint = await ReadAsync(file, ParseShard, cancellationToken);
            shards[checkpoint.ShardId] = checkpoint;
        }

        return new MappingCheckpoint(startedAt, shards);
    }

    /// <inheritdoc/>
    public Task SaveStartAsync(string mappingUuid, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(MappingFolder(mappingUuid));
        return WriteAsync(
            Path.Combine(MappingFolder(mappingUuid), StartFile),
            json => json.WriteString("startedAt", startedAt.UtcDateTime),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task SaveAsync(string mappingUuid, ShardCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        if (!ShardIdPattern().IsMatch(checkpoint.ShardId))
        {
            throw new EventSourceMappingException($"'{checkpoint.ShardId}' is not the ID of a Kinesis shard, so its checkpoint cannot be stored.");
        }

        return WriteAsync(
            Path.Combine(MappingFolder(mappingUuid), checkpoint.ShardId + ".json"), json => WriteShard(json, checkpoint), cancellationToken);
    }

    private static void WriteShard(Utf8JsonWriter json, ShardCheckpoint checkpoint)
    {
        json.WriteString("shardId", checkpoint.ShardId);
        json.WriteString("sequenceNumber", checkpoint.SequenceNumber);
        if (checkpoint.UserRecords is { } userRecords)
        {
            json.WriteNumber("userRecords", userRecords);
        }

        json.WriteBoolean("isFinished", checkpoint.IsFinished);
        if (checkpoint.Window is { } window)
        {
            json.WriteStartObject("window");
            json.WriteString("start", window.Start.UtcDateTime);
            json.WritePropertyName("state");
            json.WriteRawValue(window.State.Span, skipInputValidation: true);
            json.WriteBoolean("isOverLimit", window.IsOverLimit);
            json.WriteEndObject();
        }
    }

    private static ShardCheckpoint ParseShard(JsonElement json) => new()
    {
        ShardId = json.GetProperty("shardId").GetString() ?? throw new FormatException("shardId is null."),
        SequenceNumber = json.GetProperty("sequenceNumber").GetString(),
        UserRecords = json.TryGetProperty("userRecords", out var userRecords) ? userRecords.GetInt32() : null,
        IsFinished = json.GetProperty("isFinished").GetBoolean(),
        Window = json.TryGetProperty("window", out var window)
            ? new WindowCheckpoint(
                window.GetProperty("start").GetDateTimeOffset(),
                Encoding.UTF8.GetBytes(window.GetProperty("state").GetRawText()),
                window.GetProperty("isOverLimit").GetBoolean())
            : null,
    };

    private static async Task<T> ReadAsync<T>(string file, Func<JsonElement, T> parse, CancellationToken cancellationToken)
    {
        try
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
            return parse(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EventSourceMappingException(
                $"{file} is not a checkpoint ({e.Message.ReplaceLineEndings(" ")}). Delete its folder to start at the StartingPosition.", e);
        }
    }

    private static async Task WriteAsync(string file, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        var next = file + ".next";
        await File.WriteAllBytesAsync(next, buffer.WrittenMemory, cancellationToken);
        File.Move(next, file, overwrite: true);
    }

    private string MappingFolder(string mappingUuid) => MappingPattern().IsMatch(mappingUuid)
        ? Path.Combine(folder, mappingUuid)
        : throw new EventSourceMappingException($"'{mappingUuid}' is not the UUID of a mapping.");

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex MappingPattern();

    [GeneratedRegex("^shardId-[0-9]{1,32}$", RegexOptions.CultureInvariant)]
    private static partial Regex ShardIdPattern();
}
