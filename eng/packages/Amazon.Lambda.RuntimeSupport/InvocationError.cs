using System.Buffers;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception in the Runtime API's format: <c>{errorType, errorMessage, stackTrace[]}</c>.</summary>
internal readonly struct InvocationError
{
    /// <summary>The maximum length of a message in the error report; the log has the whole message.</summary>
    private const int MaxMessageLength = 32 * 1024;

    private InvocationError(string type, ReadOnlyMemory<byte> json)
    {
        Type = type;
        Json = json;
    }

    public string Type { get; }

    public ReadOnlyMemory<byte> Json { get; }

    public static InvocationError From(Exception exception) =>
        Make(exception.GetType().Name, exception.Message, exception.StackTrace);

    public static InvocationError Make(string type, string message, string? stackTrace = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("errorType"u8, type);
            writer.WriteString("errorMessage"u8, message.AsSpan(0, Math.Min(message.Length, MaxMessageLength)));
            writer.WriteStartArray("stackTrace"u8);
            foreach (var line in (stackTrace ?? "").AsSpan().EnumerateLines())
            {
                if (!line.IsWhiteSpace())
                {
                    writer.WriteStringValue(line.Trim());
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new InvocationError(type, buffer.WrittenMemory);
    }
}
