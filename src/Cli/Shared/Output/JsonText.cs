using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Analytics.Cli.Shared.Output;

/// <summary>JSON as text.</summary>
internal static class JsonText
{
    /// <summary>One line, with characters as they are.</summary>
    public static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indented, with characters as they are.</summary>
    public static readonly JsonWriterOptions Indented = Line with { Indented = true };

    /// <summary>One line, with everything escaped but plain ASCII: safe to print.</summary>
    public static readonly JsonWriterOptions Escaped;

    /// <summary>What is written, as text without line feed at its end.</summary>
    public static string Write(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
