using System.Buffers;
using System.Text.Json;

namespace Analytics.Local.Runtime;

/// <summary>The error payloads that Lambda writes if a function cannot.</summary>
internal static class ErrorPayload
{
    public static byte[] TimedOut(DateTimeOffset now, string requestId, TimeSpan timeout) => Write(
        "Sandbox.Timedout",
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{now:yyyy-MM-ddTHH:mm:ss.fffZ} {requestId} Task timed out after {timeout.TotalSeconds:F2} seconds"));

    public static byte[] Exited(string requestId, string how) =>
        Write("Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited with error: {how}");

    public static byte[] OutOfMemory(string requestId) =>
        Write("Runtime.OutOfMemory", $"RequestId: {requestId} Error: Runtime exited with error: signal: killed");

    public static byte[] InitTimedOut(string requestId, TimeSpan limit) => Write(
        "Sandbox.InitTimedout",
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"RequestId: {requestId} Error: the initialization took more than {limit.TotalSeconds:F0} seconds"));

    public static byte[] ResponseTooLarge(long size) => Write(
        "Function.ResponseSizeTooLarge",
        $"Response payload size ({size} bytes) exceeded maximum allowed payload size ({LambdaService.MaxPayloadBytes} bytes).");

    private static byte[] Write(string errorType, string errorMessage)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("errorType"u8, errorType);
            writer.WriteString("errorMessage"u8, errorMessage);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
