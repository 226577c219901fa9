using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisEvents.Converters;

/// <summary>Reads and writes <see cref="KinesisEvent"/> in one pass; names match without case and unknown members are skipped.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KinesisEventConverter : JsonConverter<KinesisEvent>
{
    /// <inheritdoc/>
    public override KinesisEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = new KinesisEvent();
        new EventJsonReader().Read(ref reader, value, window: null);
        return value;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, KinesisEvent value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        EventJsonWriter.WriteRecords(writer, value);
        writer.WriteEndObject();
    }
}
