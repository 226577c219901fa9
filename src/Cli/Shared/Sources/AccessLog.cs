using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Sending;

namespace Analytics.Cli.Shared.Sources;

/// <summary>
/// Converts a web server's access log to events: a line becomes a <c>page_view</c> if its status is below 400 and an <c>error</c> otherwise.
/// A line that cannot be parsed is sent unchanged, so that it is quarantined rather than dropped.
/// </summary>
/// <param name="shift">The offset added to each line's time.</param>
internal sealed class AccessLog(TimeSpan shift)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    /// <summary>Returns whether the bytes are a line of an access log.</summary>
    public static bool IsLine(byte[] line) => AccessLogLine.TryParse(Decode(line), out _);

    /// <summary>Returns the time of the last line that has one, or null if there is none.</summary>
    public static DateTimeOffset? LastTime(LineReader lines)
    {
        DateTimeOffset? last = null;
        while (lines.Read() is { } line)
        {
            if (AccessLogLine.TryParse(Decode(line), out var parsed))
            {
                last = parsed!.Time;
            }
        }

        return last;
    }

    /// <summary>Creates the record for a line.</summary>
    public OutgoingRecord ToRecord(byte[] line, long lineNumber)
    {
        var fallback = "line-" + lineNumber.ToString(CultureInfo.InvariantCulture);
        if (!AccessLogLine.TryParse(Decode(line), out var parsed))
        {
            return new OutgoingRecord(fallback, line);
        }

        var entry = parsed!;
        var isError = entry.Status >= 400;
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            json.WriteString("event_type", isError ? "error" : "page_view");
            json.WriteString("timestamp", (entry.Time + shift).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("user_id", entry.Client);
            json.WriteString("page_url", entry.Path);
            if (entry.Referrer is not null)
            {
                json.WriteString("referrer", entry.Referrer);
            }

            if (UserAgent.DeviceType(entry.Agent) is { } device)
            {
                json.WriteString("device_type", device);
            }

            if (isError)
            {
                json.WriteString("error_code", entry.Status.ToString(CultureInfo.InvariantCulture));
                json.WriteString("message", entry.Request);
            }

            json.WriteEndObject();
        }

        return new OutgoingRecord(OutgoingRecord.GetPartitionKey(entry.Client, fallback), _buffer.WrittenSpan.ToArray());
    }

    // Servers write bytes, not text. A line that is not UTF-8 is read as Latin-1, in which every byte is a character.
    private static string Decode(byte[] line)
    {
        try
        {
            return Strict.GetString(line).TrimEnd('\r');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(line).TrimEnd('\r');
        }
    }
}
