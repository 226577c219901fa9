using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Analytics.Cli.Shared.Output;

/// <summary>Writes JSON as text.</summary>
internal static class JsonText
{
    /// <summary>Writes one line without escaping non-ASCII characters.</summary>
    public static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes indented JSON without escaping non-ASCII characters.</summary>
    public static readonly JsonWriterOptions Indented = Line with { Indented = true };

    /// <summary>Writes one line with everything but plain ASCII escaped, safe to print.</summary>
    public static readonly JsonWriterOptions Escaped;

    /// <summary>Returns the text without a final line feed.</summary>
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
