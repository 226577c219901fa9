using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Alerts;

/// <summary>
/// Writes an alert's message: <c>rule</c>, <c>event_id</c>, <c>event_time</c>, <c>shard_id</c>, <c>sequence_number</c>,
/// <c>sub_sequence_number</c>, and the fields that the definition names, under those names.
/// </summary>
internal static class AlertMessage
{
    /// <summary>The most characters of a text from a record; longer ones are cut. SNS takes 256 KB for ten messages together.</summary>
    public const int MaxTextLength = 512;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.Default, SkipValidation = true };

    private static readonly HashSet<string> OwnMembers =
        new(["rule", "event_id", "event_time", "shard_id", "sequence_number", "sub_sequence_number"], StringComparer.Ordinal);

    /// <summary>Fields that are numbers by their meaning; any other stays a text, as an identifier of digits is not a quantity.</summary>
    private static readonly HashSet<string> NumberFields = new(
        new[] { EventField.Amount, EventField.ItemsCount, EventField.LoadTime, EventField.SessionLength, EventField.PagesViewed }
            .Select(EventFieldNames.NameOf),
        StringComparer.Ordinal);

    /// <summary>The message for an event that a definition selects.</summary>
    public static string Of(AlertDefinition definition, in StreamRecord record, in UserRecord user, EventTime time)
    {
        ref readonly var @event = ref user.Event;
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("rule"u8, definition.Name);
        writer.WriteString("event_id"u8, Cut(EventIdentity.Of(record, user)));
        writer.WriteString("event_time"u8, time.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        foreach (var field in definition.Fields)
        {
            var name = field.ToString();
            if (!OwnMembers.Contains(name))
            {
                WriteField(writer, name, field, @event);
            }
        }

        writer.WriteString("shard_id"u8, record.ShardId);
        writer.WriteString("sequence_number"u8, record.SequenceNumber.ToString());
        writer.WriteNumber("sub_sequence_number"u8, user.SubSequenceNumber);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteField(Utf8JsonWriter writer, string name, FieldPath field, in Event @event)
    {
        var text = field.Text(@event);
        if (!text.IsPresent)
        {
            writer.WriteNull(name);
        }
        else if (NumberFields.Contains(name) && field.TryGetNumber(@event, out var number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteString(name, Cut(text.ToString()));
        }
    }

    private static string Cut(string text) =>
        text.Length <= MaxTextLength ? text
        : text[..(char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];
}
