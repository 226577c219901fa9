using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Amazon.Lambda.KinesisEvents.Converters;

/// <summary>Reads one event in one pass over its UTF-8 bytes.</summary>
internal sealed class EventJsonReader
{
    private static readonly MemberNames EventMembers =
        new("Records", "window", "state", "shardId", "eventSourceARN", "isFinalInvokeForWindow", "isWindowTerminatedEarly");

    private static readonly MemberNames RecordMembers =
        new("kinesis", "eventSource", "eventVersion", "eventID", "eventName", "invokeIdentityArn", "awsRegion", "eventSourceARN");

    private static readonly MemberNames KinesisMembers =
        new("kinesisSchemaVersion", "partitionKey", "sequenceNumber", "data", "approximateArrivalTimestamp", "encryptionType");

    private static readonly MemberNames WindowMembers = new("start", "end");

    private SliceBuffer _buffer;
    private int _index;
    private CommonRecordValues _common = CommonRecordValues.Unknown;
    private SharedText _schemaVersion;
    private SharedText _encryptionType;
    private SharedText _eventSource;
    private SharedText _eventVersion;
    private SharedText _eventIdPrefix;
    private SharedText _eventName;
    private SharedText _invokeIdentityArn;
    private SharedText _awsRegion;
    private SharedText _eventSourceArn;

    /// <summary>Fills an event.</summary>
    /// <param name="reader">Positioned on the event's value.</param>
    /// <param name="value">The event.</param>
    /// <param name="window">The same event to read the members of a window, or null to skip them.</param>
    /// <exception cref="JsonException">The JSON is not an event of this shape.</exception>
    public void Read(ref Utf8JsonReader reader, KinesisEvent value, KinesisTimeWindowEvent? window)
    {
        Expect(ref reader, JsonTokenType.StartObject, "the event");
        for (var next = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var member = EventMembers.Find(ref reader, next);
            next = member + 1;
            reader.Read();
            if (member == 0)
            {
                value.Records = ReadRecords(ref reader)!;
            }
            else if (window is null || member < 0)
            {
                Skip(ref reader);
            }
            else
            {
                ReadWindowMember(ref reader, member, window);
            }
        }
    }

    private static void ReadWindowMember(ref Utf8JsonReader reader, int member, KinesisTimeWindowEvent window)
    {
        switch (member)
        {
            case 1:
                window.Window = ReadWindow(ref reader)!;
                break;
            case 2:
                window.State = ReadState(ref reader);
                break;
            case 3:
                window.ShardId = ReadString(ref reader, "shardId")!;
                break;
            case 4:
                window.EventSourceARN = ReadString(ref reader, "eventSourceARN")!;
                break;
            case 5:
                window.IsFinalInvokeForWindow = ReadBoolean(ref reader, "isFinalInvokeForWindow");
                break;
            default:
                window.IsWindowTerminatedEarly = ReadBoolean(ref reader, "isWindowTerminatedEarly");
                break;
        }
    }

    private List<KinesisEvent.KinesisEventRecord>? ReadRecords(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.StartArray, "Records");
        var records = ArrayPool<KinesisEvent.KinesisEventRecord>.Shared.Rent(128);
        try
        {
            for (_index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; _index++)
            {
                if (_index == records.Length)
                {
                    var larger = ArrayPool<KinesisEvent.KinesisEventRecord>.Shared.Rent(records.Length * 2);
                    records.CopyTo(larger, 0);
                    ArrayPool<KinesisEvent.KinesisEventRecord>.Shared.Return(records, clearArray: true);
                    records = larger;
                }

                records[_index] = ReadRecord(ref reader);
            }

            var list = new List<KinesisEvent.KinesisEventRecord>(_index);
            list.AddRange(records.AsSpan(0, _index));
            return list;
        }
        finally
        {
            ArrayPool<KinesisEvent.KinesisEventRecord>.Shared.Return(records, clearArray: true);
        }
    }

    private KinesisEvent.KinesisEventRecord ReadRecord(ref Utf8JsonReader reader)
    {
        ExpectInRecord(ref reader, JsonTokenType.StartObject, "the record");
        _buffer.Begin();
        KinesisEvent.Record? kinesis = null;
        var sequenceNumber = default(Slice);
        string? eventSource = null, eventVersion = null, eventId = null, eventIdPrefix = null, eventName = null;
        string? invokeIdentityArn = null, awsRegion = null, eventSourceArn = null;
        for (var next = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var member = RecordMembers.Find(ref reader, next);
            next = member + 1;
            reader.Read();
            switch (member)
            {
                case 0:
                    kinesis = ReadKinesis(ref reader, out sequenceNumber);
                    break;
                case 1:
                    eventSource = ReadShared(ref reader, ref _eventSource, "eventSource");
                    break;
                case 2:
                    eventVersion = ReadShared(ref reader, ref _eventVersion, "eventVersion");
                    break;
                case 3:
                    (eventId, eventIdPrefix) = ReadEventId(ref reader, sequenceNumber);
                    break;
                case 4:
                    eventName = ReadShared(ref reader, ref _eventName, "eventName");
                    break;
                case 5:
                    invokeIdentityArn = ReadShared(ref reader, ref _invokeIdentityArn, "invokeIdentityArn");
                    break;
                case 6:
                    awsRegion = ReadShared(ref reader, ref _awsRegion, "awsRegion");
                    break;
                case 7:
                    eventSourceArn = ReadShared(ref reader, ref _eventSourceArn, "eventSourceARN");
                    break;
                default:
                    Skip(ref reader);
                    break;
            }
        }

        if (!_common.IsSame(awsRegion, eventName, eventSource, eventSourceArn, eventVersion, invokeIdentityArn, eventIdPrefix))
        {
            _common = new CommonRecordValues
            {
                AwsRegion = awsRegion,
                EventName = eventName,
                EventSource = eventSource,
                EventSourceARN = eventSourceArn,
                EventVersion = eventVersion,
                InvokeIdentityArn = invokeIdentityArn,
                EventIdPrefix = eventIdPrefix,
            };
        }

        return new KinesisEvent.KinesisEventRecord(_common, eventId, kinesis);
    }

    private KinesisEvent.Record? ReadKinesis(ref Utf8JsonReader reader, out Slice sequenceNumber)
    {
        sequenceNumber = default;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        ExpectInRecord(ref reader, JsonTokenType.StartObject, "kinesis");
        Slice partitionKey = default, data = default;
        string? schemaVersion = null, encryptionType = null;
        DateTime? arrival = null;
        for (var next = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var member = KinesisMembers.Find(ref reader, next);
            next = member + 1;
            reader.Read();
            switch (member)
            {
                case 0:
                    schemaVersion = ReadShared(ref reader, ref _schemaVersion, "kinesisSchemaVersion");
                    break;
                case 1:
                    partitionKey = ReadText(ref reader, "partitionKey");
                    break;
                case 2:
                    sequenceNumber = ReadText(ref reader, "sequenceNumber");
                    break;
                case 3:
                    data = ReadData(ref reader);
                    break;
                case 4:
                    arrival = ReadArrival(ref reader);
                    break;
                case 5:
                    encryptionType = ReadShared(ref reader, ref _encryptionType, "encryptionType");
                    break;
                default:
                    Skip(ref reader);
                    break;
            }
        }

        return new KinesisEvent.Record(_buffer.End(partitionKey, sequenceNumber, data))
        {
            ApproximateArrivalTimestamp = arrival,
            EncryptionType = encryptionType!,
            KinesisSchemaVersion = schemaVersion!,
        };
    }

    /// <summary>An event ID is the shard, a colon and the sequence number, so only the prefix before the number is stored.</summary>
    private (string? Whole, string? Prefix) ReadEventId(ref Utf8JsonReader reader, Slice sequenceNumber)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && !sequenceNumber.IsNone)
        {
            var raw = Raw(ref reader);
            if (raw.EndsWith(_buffer.Bytes(sequenceNumber)))
            {
                return (null, _eventIdPrefix.Get(raw[..^sequenceNumber.Length]));
            }
        }

        return (ReadStringInRecord(ref reader, "eventID"), null);
    }

    private Slice ReadText(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        ExpectInRecord(ref reader, JsonTokenType.String, name);
        var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        return _buffer.Take(reader.CopyString(_buffer.Reserve(length)));
    }

    private Slice ReadData(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        ExpectInRecord(ref reader, JsonTokenType.String, "data");
        var base64 = reader.ValueIsEscaped ? Unescape(ref reader) : Raw(ref reader);
        var room = _buffer.Reserve(Base64.GetMaxDecodedFromUtf8Length(base64.Length));
        return Base64.DecodeFromUtf8(base64, room, out _, out var written) == OperationStatus.Done
            ? _buffer.Take(written)
            : throw new JsonException($"Records[{_index}]: data is not base64.");
    }

    private DateTime? ReadArrival(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        ExpectInRecord(ref reader, JsonTokenType.Number, "approximateArrivalTimestamp");
        return EpochSeconds.TryRead(ref reader, out var value)
            ? value
            : throw new JsonException($"Records[{_index}]: approximateArrivalTimestamp is not a time in seconds since 1970.");
    }

    private string? ReadShared(ref Utf8JsonReader reader, ref SharedText shared, string name)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        ExpectInRecord(ref reader, JsonTokenType.String, name);
        return shared.Get(ref reader, Raw(ref reader));
    }

    private string? ReadStringInRecord(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            ExpectInRecord(ref reader, JsonTokenType.String, name);
        }

        return reader.GetString();
    }

    private static string? ReadString(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            Expect(ref reader, JsonTokenType.String, name);
        }

        return reader.GetString();
    }

    private static bool? ReadBoolean(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        _ => throw new JsonException($"{name} is a {reader.TokenType} where true or false was expected."),
    };

    private static KinesisTimeWindowEvent.TimeWindow? ReadWindow(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.StartObject, "window");
        var window = new KinesisTimeWindowEvent.TimeWindow();
        for (var next = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var member = WindowMembers.Find(ref reader, next);
            next = member + 1;
            reader.Read();
            switch (member)
            {
                case 0:
                    window.Start = ReadTime(ref reader, "window.start");
                    break;
                case 1:
                    window.End = ReadTime(ref reader, "window.end");
                    break;
                default:
                    Skip(ref reader);
                    break;
            }
        }

        return window;
    }

    private static DateTime ReadTime(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.String, name);
        if (!reader.TryGetDateTime(out var time))
        {
            throw new JsonException($"{name} is not an ISO 8601 time.");
        }

        return time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();
    }

    /// <summary>A state's values are strings; numbers and booleans are read as their JSON text.</summary>
    private static Dictionary<string, string> ReadState(ref Utf8JsonReader reader)
    {
        var state = new Dictionary<string, string>();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return state;
        }

        Expect(ref reader, JsonTokenType.StartObject, "state");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            state[name] = reader.TokenType switch
            {
                JsonTokenType.String or JsonTokenType.Null => reader.GetString()!,
                JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => System.Text.Encoding.UTF8.GetString(Raw(ref reader)),
                _ => throw new JsonException($"state.{name} is a {reader.TokenType} where a text was expected."),
            };
        }

        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Raw(scoped ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;

    private static byte[] Unescape(ref Utf8JsonReader reader)
    {
        var text = new byte[reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length];
        return text[..reader.CopyString(text)];
    }

    /// <summary>Skips a value. A converter receives whole values, but not always the end of the document, which <c>Skip</c> requires.</summary>
    private static void Skip(ref Utf8JsonReader reader) => reader.TrySkip();

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType expected, string name)
    {
        if (reader.TokenType != expected)
        {
            throw new JsonException($"{name} is a {reader.TokenType} where a {expected} was expected.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ExpectInRecord(ref Utf8JsonReader reader, JsonTokenType expected, string name)
    {
        if (reader.TokenType != expected)
        {
            Refuse(reader.TokenType, expected, name);
        }
    }

    [DoesNotReturn]
    private void Refuse(JsonTokenType actual, JsonTokenType expected, string name) =>
        throw new JsonException($"Records[{_index}]: {name} is a {actual} where a {expected} was expected.");
}
