using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AWS.Lambda.Powertools.Logging.Internal;

/// <summary>Writes log entries as lines of JSON. Safe for concurrent use; each line is one write.</summary>
internal sealed class JsonLogger(LogSettings settings, TimeProvider clock, Func<TextWriter> output, Func<string, string?> variable)
{
    private const int MaxInnerExceptions = 8;

    private const string TraceKey = "xray_trace_id";
    private const string LoggerName = "AWS.Lambda.Powertools.Logging.Logger";

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly HashSet<string> OwnFields = new(StringComparer.Ordinal) { "timestamp", "level", "service", "name", "message", "exception" };

    private readonly Lock _gate = new();
    private KeyValuePair<string, object?>[] _keys = [];

    /// <summary>The current appended keys.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Keys => Volatile.Read(ref _keys);

    /// <summary>Adds a key to every later line, or replaces its value.</summary>
    public void AppendKey(string key, object? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(value);
        var name = ToFieldName(key);
        if (OwnFields.Contains(name))
        {
            throw new ArgumentException($"The key '{key}' would take the place of the log line's own field '{name}': name it otherwise.", nameof(key));
        }

        lock (_gate)
        {
            var index = Array.FindIndex(_keys, pair => pair.Key == name);
            KeyValuePair<string, object?>[] keys = index < 0 ? [.. _keys, default] : [.. _keys];
            keys[index < 0 ? ^1 : index] = new KeyValuePair<string, object?>(name, value);
            Volatile.Write(ref _keys, keys);
        }
    }

    /// <summary>Removes keys from later lines; unknown keys are ignored.</summary>
    public void RemoveKeys(IEnumerable<string> keys)
    {
        var names = keys.Select(ToFieldName).ToHashSet(StringComparer.Ordinal);
        lock (_gate)
        {
            Volatile.Write(ref _keys, [.. _keys.Where(pair => !names.Contains(pair.Key))]);
        }
    }

    /// <summary>Writes a line if its level is enabled.</summary>
    public void Log(LogLevel level, Exception? exception, string message, object?[]? arguments)
    {
        if (level < settings.Level)
        {
            return;
        }

        var fields = new List<KeyValuePair<string, object?>>(arguments?.Length ?? 0);
        var text = MessageTemplate.Render(message ?? string.Empty, arguments ?? [], (name, value) => AddField(fields, name, value));
        var keys = Volatile.Read(ref _keys);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in keys)
            {
                if (!fields.Exists(field => field.Key == name))
                {
                    WriteField(writer, name, value);
                }
            }

            WriteTraceId(writer, keys, fields);
            writer.WriteString("timestamp", clock.GetUtcNow().UtcDateTime);
            writer.WriteString("level", level.ToString());
            writer.WriteString("service", settings.Service);
            writer.WriteString("name", LoggerName);
            writer.WriteString("message", text);
            foreach (var (name, value) in fields)
            {
                WriteField(writer, name, value);
            }

            if (exception is not null)
            {
                writer.WritePropertyName("exception");
                WriteException(writer, exception, 0);
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        output().Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void AddField(List<KeyValuePair<string, object?>> fields, string hole, object? value)
    {
        var name = ToFieldName(hole);
        if (name.Length > 0 && !OwnFields.Contains(name) && !fields.Exists(field => field.Key == name))
        {
            fields.Add(new KeyValuePair<string, object?>(name, value));
        }
    }

    /// <summary>The trace root from <c>_X_AMZN_TRACE_ID</c>, unless a key overrides it.</summary>
    private void WriteTraceId(Utf8JsonWriter writer, KeyValuePair<string, object?>[] keys, List<KeyValuePair<string, object?>> fields)
    {
        if (Array.Exists(keys, pair => pair.Key == TraceKey)
            || fields.Exists(field => field.Key == TraceKey)
            || variable("_X_AMZN_TRACE_ID") is not { Length: > 0 } header)
        {
            return;
        }

        const string Root = "Root=";
        foreach (var range in header.AsSpan().Split(';'))
        {
            var part = header.AsSpan(range).Trim();
            if (part.StartsWith(Root, StringComparison.Ordinal))
            {
                writer.WriteString(TraceKey, part[Root.Length..]);
                return;
            }
        }
    }

    private static void WriteField(Utf8JsonWriter writer, string name, object? value)
    {
        writer.WritePropertyName(name);
        JsonValues.Write(writer, value);
    }

    private static void WriteException(Utf8JsonWriter writer, Exception exception, int depth)
    {
        writer.WriteStartObject();
        writer.WriteString("type", exception.GetType().FullName);
        writer.WriteString("message", exception.Message);
        if (exception.StackTrace is { } stackTrace)
        {
            writer.WriteString("stack_trace", stackTrace);
        }

        if (exception.InnerException is { } inner && depth < MaxInnerExceptions)
        {
            writer.WritePropertyName("inner_exception");
            WriteException(writer, inner, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static string ToFieldName(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
