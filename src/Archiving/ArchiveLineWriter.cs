using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Archiving;

/// <summary>Writes a record as a line of JSON, to a buffer that is reused for the next one.</summary>
/// <remarks>Written by hand, because formatting lines is most of the function's work besides compression.</remarks>
public sealed class ArchiveLineWriter : IDisposable
{
    private const int MaxBytesPerEscape = 6;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\n\r"u8);
    private static readonly SearchValues<byte> NeverEscaped = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static readonly byte[] ProcessedAtStart = Next(ArchiveLineMembers.ProcessedAt);
    private static readonly byte[] ShardIdStart = Next(ArchiveLineMembers.ShardId);
    private static readonly byte[] OriginalDataStart = First(ArchiveLineMembers.OriginalData);
    private static readonly byte[] EventIdStart = Next(ArchiveLineMembers.EventId, isText: true);
    private static readonly byte[] EventTypeStart = [(byte)'"', .. Next(ArchiveLineMembers.EventType)];
    private static readonly byte[] EventTimeStart = Next(ArchiveLineMembers.EventTime);
    private static readonly byte[] ReasonStart = First(ArchiveLineMembers.Reason);
    private static readonly byte[] PositionStart = Next(ArchiveLineMembers.Position);
    private static readonly byte[] DataStart = Next(ArchiveLineMembers.Data);
    private static readonly byte[] OriginalBase64Start = Next(ArchiveLineMembers.OriginalBase64);
    private static readonly byte[] SequenceNumberStart = Next(ArchiveLineMembers.SequenceNumber);
    private static readonly byte[] SubSequenceNumberStart = Next(ArchiveLineMembers.SubSequenceNumber);
    private static readonly byte[] OccurrenceStart = Next(ArchiveLineMembers.Occurrence);
    private static readonly byte[] PartitionKeyStart = Next(ArchiveLineMembers.PartitionKey);
    private static readonly byte[] ArrivalTimeStart = Next(ArchiveLineMembers.ArrivalTime);
    private static readonly byte[] EventTimeIsArrivalEnd = [.. Next(ArchiveLineMembers.EventTimeIsArrival), .. "true}\n"u8];

    private readonly PooledBuffer _line = new();
    private readonly byte[] _batch;

    /// <summary>Starts a batch.</summary>
    /// <param name="batch">The values common to all its lines.</param>
    public ArchiveLineWriter(BatchInfo batch)
    {
        _line.Append(ProcessedAtStart);
        AppendTime(batch.ProcessedAt);
        _line.Append(ShardIdStart);
        AppendText(batch.ShardId);
        _batch = _line.Written.ToArray();
    }

    /// <summary>Returns the line of an event, valid until the next call.</summary>
    public ReadOnlySpan<byte> Event(in StreamRecord record, in UserRecord user, EventTime time)
    {
        ref readonly var @event = ref user.Event;
        _line.Clear();
        _line.Append(OriginalDataStart);
        AppendOriginal(@event.Json.Span, user.Data.Span);
        AppendPlace(record, user);
        _line.Append(EventIdStart);
        TakeText(EventIdentity.Write(record, user, _line.Free(EventIdentity.MaxBytes)));
        _line.Append(EventTypeStart);
        AppendType(@event.Text(EventField.EventType));
        _line.Append(EventTimeStart);
        AppendTime(time.Value);
        _line.Append(time.IsArrivalTime ? EventTimeIsArrivalEnd : "}\n"u8);
        return _line.Written;
    }

    /// <summary>Returns the line of a malformed record, valid until the next call.</summary>
    public ReadOnlySpan<byte> Malformed(in StreamRecord record, in UserRecord user)
    {
        _line.Clear();
        _line.Append(ReasonStart);
        AppendText(MalformedReasonNames.GetName(user.Malformed.Reason));
        if (user.Malformed.Position >= 0)
        {
            _line.Append(PositionStart);
            AppendNumber(user.Malformed.Position);
        }

        _line.Append(DataStart);
        AppendBase64(user.Data.Span);
        AppendPlace(record, user);
        _line.Append("}\n"u8);
        return _line.Written;
    }

    /// <summary>Returns the memory to the pool.</summary>
    public void Dispose() => _line.Dispose();

    private static byte[] First(string member) => Encoding.UTF8.GetBytes($"{{\"{member}\":");

    private static byte[] Next(string member, bool isText = false) => Encoding.UTF8.GetBytes($",\"{member}\":{(isText ? "\"" : "")}");

    /// <summary>
    /// Writes the producer's JSON unchanged. Line breaks can occur only between tokens and are replaced by spaces; then, as for compressed JSON,
    /// the producer's bytes follow in base64.
    /// </summary>
    private void AppendOriginal(ReadOnlySpan<byte> json, ReadOnlySpan<byte> data)
    {
        var line = _line.Free(json.Length)[..json.Length];
        json.CopyTo(line);
        var hasLineEnds = line.ContainsAny(LineEnds);
        if (hasLineEnds)
        {
            line.Replace((byte)'\n', (byte)' ');
            line.Replace((byte)'\r', (byte)' ');
        }

        _line.Take(json.Length);
        if (hasLineEnds || !json.SequenceEqual(data))
        {
            _line.Append(OriginalBase64Start);
            AppendBase64(data);
        }
    }

    private void AppendPlace(in StreamRecord record, in UserRecord user)
    {
        _line.Append(_batch);
        _line.Append(SequenceNumberStart);
        AppendText(record.Record.Kinesis.SequenceNumber);
        _line.Append(SubSequenceNumberStart);
        AppendNumber(user.SubSequenceNumber);
        if (user.SubSequenceNumber > 0 || record.Occurrence > 0)
        {
            _line.Append(OccurrenceStart);
            AppendNumber(record.Occurrence);
        }

        _line.Append(PartitionKeyStart);
        AppendText(user.PartitionKey ?? record.PartitionKey);
        _line.Append(ArrivalTimeStart);
        AppendTime(record.ArrivalTime);
    }

    private void AppendType(EventText type)
    {
        if (!type.IsPresent)
        {
            _line.Append("null"u8);
            return;
        }

        _line.Append("\""u8);
        _ = type.TryCopyTo(_line.Free(type.MaxLength), out var length);
        TakeText(length);
        _line.Append("\""u8);
    }

    private void AppendText(string? text)
    {
        if (text is null)
        {
            _line.Append("null"u8);
            return;
        }

        _line.Append("\""u8);
        TakeText(Encoding.UTF8.GetBytes(text, _line.Free(Encoding.UTF8.GetMaxByteCount(text.Length))));
        _line.Append("\""u8);
    }

    /// <summary>Appends the text bytes stored after the line to it, with JSON escapes if necessary.</summary>
    private void TakeText(int length)
    {
        var text = _line.Free(length)[..length];
        if (!text.ContainsAnyExcept(NeverEscaped))
        {
            _line.Take(length);
            return;
        }

        var copy = ArrayPool<byte>.Shared.Rent(length);
        text.CopyTo(copy);
        Encoder.EncodeUtf8(copy.AsSpan(0, length), _line.Free(length * MaxBytesPerEscape), out _, out var written);
        ArrayPool<byte>.Shared.Return(copy);
        _line.Take(written);
    }

    private void AppendBase64(ReadOnlySpan<byte> data)
    {
        _line.Append("\""u8);
        Base64.EncodeToUtf8(data, _line.Free(Base64.GetMaxEncodedToUtf8Length(data.Length)), out _, out var written);
        _line.Take(written);
        _line.Append("\""u8);
    }

    private void AppendNumber(long number)
    {
        const int MaxDigits = 20;
        _ = number.TryFormat(_line.Free(MaxDigits), out var written, provider: CultureInfo.InvariantCulture);
        _line.Take(written);
    }

    /// <summary>Writes a time as ISO 8601 in UTC, truncated to milliseconds.</summary>
    private void AppendTime(DateTimeOffset time)
    {
        const int RoundTripBytes = 28;
        const int MillisecondBytes = 23;
        _line.Append("\""u8);
        _ = time.UtcDateTime.TryFormat(_line.Free(RoundTripBytes), out _, "O", CultureInfo.InvariantCulture);
        _line.Take(MillisecondBytes);
        _line.Append("Z\""u8);
    }
}
