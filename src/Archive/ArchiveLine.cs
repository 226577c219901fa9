using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Archive;

/// <summary>Writes one record as one line of JSON, into memory that it keeps for the next one.</summary>
internal sealed class ArchiveLine : IDisposable
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\n\r"u8);

    private readonly PooledBuffer _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private readonly JsonEncodedText _shardId;
    private readonly JsonEncodedText _processedAt;

    public ArchiveLine(BatchInfo batch)
    {
        _writer = new Utf8JsonWriter(_buffer, WriterOptions);
        _shardId = JsonEncodedText.Encode(batch.ShardId, WriterOptions.Encoder);
        Span<byte> time = stackalloc byte[TimeBytes];
        _processedAt = JsonEncodedText.Encode(time[..Format(batch.ProcessedAt, time)], WriterOptions.Encoder);
    }

    /// <summary>The line of an event, valid until the next one.</summary>
    public ReadOnlySpan<byte> Event(in StreamRecord record, in UserRecord user, EventTime time)
    {
        ref readonly var @event = ref user.Event;
        Begin();
        WriteOriginal(@event.Json.Span, user.Data.Span);
        WritePlace(record, user);

        Span<byte> id = stackalloc byte[EventIdentity.MaxBytes];
        _writer.WriteString("event_id"u8, id[..EventIdentity.Write(record, user, id)]);
        WriteType(@event.Text(EventField.EventType));
        WriteTime("event_time"u8, time.Value);
        if (time.IsArrivalTime)
        {
            _writer.WriteBoolean("event_time_is_arrival"u8, true);
        }

        return End();
    }

    /// <summary>The line of a malformed record, valid until the next one.</summary>
    public ReadOnlySpan<byte> Malformed(in StreamRecord record, in UserRecord user)
    {
        Begin();
        _writer.WriteString("reason"u8, MalformedReasonNames.NameOf(user.Malformed.Reason));
        if (user.Malformed.Position >= 0)
        {
            _writer.WriteNumber("position"u8, user.Malformed.Position);
        }

        _writer.WriteBase64String("data"u8, user.Data.Span);
        WritePlace(record, user);
        return End();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _buffer.Dispose();
    }

    private void Begin()
    {
        _buffer.Clear();
        _writer.Reset();
        _writer.WriteStartObject();
    }

    private ReadOnlySpan<byte> End()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        _buffer.Append((byte)'\n');
        return _buffer.Written;
    }

    /// <summary>
    /// The producer's JSON as it is. Line ends can stand in it between tokens only; they become spaces here, and then, as for JSON that came
    /// compressed, the bytes that the producer put follow in base64.
    /// </summary>
    private void WriteOriginal(ReadOnlySpan<byte> json, ReadOnlySpan<byte> data)
    {
        _writer.WritePropertyName("original_data"u8);
        var hasLineEnds = json.ContainsAny(LineEnds);
        if (hasLineEnds)
        {
            var line = ArrayPool<byte>.Shared.Rent(json.Length);
            json.CopyTo(line);
            var copy = line.AsSpan(0, json.Length);
            copy.Replace((byte)'\n', (byte)' ');
            copy.Replace((byte)'\r', (byte)' ');
            _writer.WriteRawValue(copy, skipInputValidation: true);
            ArrayPool<byte>.Shared.Return(line);
        }
        else
        {
            _writer.WriteRawValue(json, skipInputValidation: true);
        }

        if (hasLineEnds || !json.SequenceEqual(data))
        {
            _writer.WriteBase64String("original_base64"u8, data);
        }
    }

    private void WritePlace(in StreamRecord record, in UserRecord user)
    {
        _writer.WriteString("processed_at"u8, _processedAt);
        _writer.WriteString("shard_id"u8, _shardId);
        _writer.WriteString("sequence_number"u8, record.Record.Kinesis.SequenceNumber);
        _writer.WriteNumber("sub_sequence_number"u8, user.SubSequenceNumber);
        _writer.WriteString("partition_key"u8, user.PartitionKey ?? record.PartitionKey);
        WriteTime("approximate_arrival_timestamp"u8, record.ArrivalTime);
    }

    private void WriteType(EventText type)
    {
        Span<byte> text = stackalloc byte[256];
        if (!type.IsPresent)
        {
            _writer.WriteNull("event_type"u8);
        }
        else if (type.TryCopyTo(text, out var length))
        {
            _writer.WriteString("event_type"u8, text[..length]);
        }
        else
        {
            _writer.WriteString("event_type"u8, type.ToString());
        }
    }

    private void WriteTime(ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[TimeBytes];
        _writer.WriteString(name, text[..Format(time, text)]);
    }

    private const int TimeBytes = 24;

    private static int Format(DateTimeOffset time, Span<byte> destination)
    {
        _ = time.UtcDateTime.TryFormat(destination, out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return written;
    }
}
