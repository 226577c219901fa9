using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisEvents.Converters;

/// <summary>Like <see cref="KinesisEventConverter"/>, for the events of a tumbling window.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KinesisTimeWindowEventConverter : JsonConverter<KinesisTimeWindowEvent>
{
    /// <inheritdoc/>
    public override KinesisTimeWindowEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = new KinesisTimeWindowEvent();
        new EventJsonReader().Read(ref reader, value, window: value);
        return value;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, KinesisTimeWindowEvent value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        EventJsonWriter.WriteWindow(writer, value);
        EventJsonWriter.WriteRecords(writer, value);
        writer.WriteEndObject();
    }
}
