using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;

namespace Analytics.Local.Mapping;

/// <summary>
/// Writes the event of an invocation
/// (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html#services-kinesis-event-example) as UTF-8 to a pooled buffer of exactly
/// its size, which is computed beforehand.
/// </summary>
internal sealed class KinesisEventWriter
{
    /// <summary>Characters that need no escape in a JSON string: printable ASCII except the quote and the backslash.</summary>
    private static readonly SearchValues<char> Unescaped = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(c => c is not ('"' or '\\'))]);

    private readonly byte[] _beforeEventId;
    private readonly byte[] _afterEventId;
    private readonly byte[] _windowSource;

    public KinesisEventWriter(EventSourceMappingConfiguration configuration, string shardId)
    {
        _beforeEventId = Encoding.UTF8.GetBytes(
            $$"""},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"{{Escape(shardId)}}:""");
        _afterEventId = Encoding.UTF8.GetBytes(
            $$"""
            ","eventName":"aws:kinesis:record","invokeIdentityArn":"{{Escape(configuration.EffectiveInvokeIdentityArn)}}","awsRegion":"{{Escape(configuration.Region)}}","eventSourceARN":"{{Escape(configuration.EventSourceArn)}}"}
            """);
        _windowSource = Encoding.UTF8.GetBytes(
            $$"""
            ,"shardId":"{{Escape(shardId)}}","eventSourceARN":"{{Escape(configuration.EventSourceArn)}}"
            """);
    }

    private static ReadOnlySpan<byte> Head => "{\"Records\":["u8;
    private static ReadOnlySpan<byte> BeforeKey => "{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\""u8;
    private static ReadOnlySpan<byte> BeforeSequence => "\",\"sequenceNumber\":\""u8;
    private static ReadOnlySpan<byte> BeforeData => "\",\"data\":\""u8;
    private static ReadOnlySpan<byte> BeforeArrival => "\",\"approximateArrivalTimestamp\":"u8;
    private static ReadOnlySpan<byte> BeforeWindow => ",\"window\":{\"start\":\""u8;
    private static ReadOnlySpan<byte> BeforeWindowEnd => "\",\"end\":\""u8;
    private static ReadOnlySpan<byte> BeforeState => "\"},\"state\":"u8;
    private static ReadOnlySpan<byte> BeforeFinal => ",\"isFinalInvokeForWindow\":"u8;
    private static ReadOnlySpan<byte> BeforeEarly => ",\"isWindowTerminatedEarly\":"u8;
    private const string WindowTimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int WindowTimeLength = 20;

    /// <summary>Returns the size of an event without its records.</summary>
    public int EnvelopeBytes(bool isWindowed, int stateBytes) => Head.Length + "]}".Length + (isWindowed
        ? BeforeWindow.Length + BeforeWindowEnd.Length + (2 * WindowTimeLength) + BeforeState.Length + stateBytes + _windowSource.Length
            + BeforeFinal.Length + BeforeEarly.Length + (2 * "false".Length)
        : 0);

    /// <summary>Returns the size of a record in an event.</summary>
    public int RecordBytes(in ShardRecord record) =>
        BeforeKey.Length + EscapedLength(record.PartitionKey) + BeforeSequence.Length + record.SequenceNumber.Length
        + BeforeData.Length + Base64.GetMaxEncodedToUtf8Length(record.Data.Length) + BeforeArrival.Length + ArrivalLength(record.ArrivalTime)
        + _beforeEventId.Length + record.SequenceNumber.Length + _afterEventId.Length;

    /// <summary>Returns how many records, from the first on, fit into an event of a given size.</summary>
    public int CountFitting(LaneInvocation invocation, int maxBytes)
    {
        long bytes = EnvelopeBytes(invocation.Window is not null, invocation.Window?.State.Length ?? 0);
        var records = invocation.Records.Span;
        for (var i = 0; i < records.Length; i++)
        {
            bytes += records[i].EventBytes + (i > 0 ? 1 : 0);
            if (bytes > maxBytes)
            {
                return i;
            }
        }

        return records.Length;
    }

    /// <summary>Writes the event. Dispose of it to return the buffer.</summary>
    public PooledEvent Write(LaneInvocation invocation)
    {
        var records = invocation.Records.Span;
        var size = EnvelopeBytes(invocation.Window is not null, invocation.Window?.State.Length ?? 0) + Math.Max(0, records.Length - 1);
        foreach (ref readonly var record in records)
        {
            size = checked(size + record.EventBytes);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var writer = new SpanWriter(buffer);
        writer.Write(Head);
        for (var i = 0; i < records.Length; i++)
        {
            if (i > 0)
            {
                writer.Write(","u8);
            }

            WriteRecord(ref writer, records[i].Record);
        }

        writer.Write("]"u8);
        if (invocation.Window is { } window)
        {
            WriteWindow(ref writer, window);
        }

        writer.Write("}"u8);
        Debug.Assert(writer.Written <= size, "The size of an event is known before it is written.");
        return new PooledEvent(buffer, writer.Written);
    }

    private void WriteRecord(ref SpanWriter writer, in ShardRecord record)
    {
        writer.Write(BeforeKey);
        writer.Write(IsPlain(record.PartitionKey) ? record.PartitionKey : Escape(record.PartitionKey));
        writer.Write(BeforeSequence);
        writer.Write(record.SequenceNumber);
        writer.Write(BeforeData);
        writer.WriteBase64(record.Data.Span);
        writer.Write(BeforeArrival);
        writer.WriteSeconds(record.ArrivalTime);
        writer.Write(_beforeEventId);
        writer.Write(record.SequenceNumber);
        writer.Write(_afterEventId);
    }

    private void WriteWindow(ref SpanWriter writer, InvocationWindow window)
    {
        writer.Write(BeforeWindow);
        writer.Write(FormatWindowTime(window.Start));
        writer.Write(BeforeWindowEnd);
        writer.Write(FormatWindowTime(window.End));
        writer.Write(BeforeState);
        writer.Write(window.State.Span);
        writer.Write(_windowSource);
        writer.Write(BeforeFinal);
        writer.Write(window.IsFinal ? "true"u8 : "false"u8);
        writer.Write(BeforeEarly);
        writer.Write(window.IsTerminatedEarly ? "true"u8 : "false"u8);
    }

    /// <summary>Formats a bound of a window as in the invocation event: whole seconds, UTC.</summary>
    public static string FormatWindowTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString(WindowTimeFormat, System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExcept(Unescaped);

    private static string Escape(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    private static int EscapedLength(string text) => IsPlain(text) ? text.Length : Encoding.UTF8.GetByteCount(Escape(text));

    private static int ArrivalLength(DateTimeOffset time)
    {
        var digits = ".000".Length;
        var seconds = Math.Max(0, time.ToUnixTimeSeconds());
        do
        {
            digits++;
            seconds /= 10;
        }
        while (seconds > 0);
        return digits;
    }

    /// <summary>Writes to a sufficiently large buffer.</summary>
    private ref struct SpanWriter(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;

        public int Written { get; private set; }

        public void Write(ReadOnlySpan<byte> utf8)
        {
            utf8.CopyTo(_buffer[Written..]);
            Written += utf8.Length;
        }

        public void Write(string text) => Written += Encoding.UTF8.GetBytes(text, _buffer[Written..]);

        public void WriteBase64(ReadOnlySpan<byte> data)
        {
            Base64.EncodeToUtf8(data, _buffer[Written..], out _, out var written);
            Written += written;
        }

        /// <summary>Seconds since 1970 with 3 decimals.</summary>
        public void WriteSeconds(DateTimeOffset time)
        {
            var milliseconds = Math.Max(0, time.ToUnixTimeMilliseconds());
            (milliseconds / 1000).TryFormat(_buffer[Written..], out var written);
            Written += written;
            _buffer[Written++] = (byte)'.';
            (milliseconds % 1000).TryFormat(_buffer[Written..], out written, "D3");
            Written += written;
        }
    }
}

/// <summary>An event in a pooled buffer.</summary>
internal readonly struct PooledEvent(byte[]? buffer, int length) : IDisposable
{
    public ReadOnlyMemory<byte> Payload => buffer.AsMemory(0, length);

    public void Dispose()
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
