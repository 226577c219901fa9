using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Sending;
using Analytics.Events;

namespace Analytics.Cli.Shared.Sources;

/// <summary>The format of a file of records.</summary>
internal enum RecordFileFormat
{
    /// <summary>The bytes of each line are one record.</summary>
    Ndjson,
    /// <summary>The bytes of each element of a JSON array are one record.</summary>
    JsonArray,
    /// <summary>A web server's access log in the combined format.</summary>
    AccessLog,
}

/// <summary>A file of records to send, read one by one.</summary>
internal sealed class RecordFile
{
    private readonly RecordInput _input;
    private readonly bool _skipsMark;
    private readonly TimeSpan _shift;

    private RecordFile(RecordInput input, DetectedFormat detected, bool skipsMark, TimeSpan shift)
    {
        _input = input;
        _skipsMark = skipsMark;
        _shift = shift;
        Format = detected.Format;
        Warning = detected.Warning is { } warning ? $"{input.Name} {warning}" : null;
    }

    /// <summary>The file's format.</summary>
    public RecordFileFormat Format { get; }

    /// <summary>A warning for the user before the file is sent, or null.</summary>
    public string? Warning { get; }

    /// <summary>Number of records skipped because they exceed the maximum record size; complete after all records were read.</summary>
    public long TooLarge { get; private set; }

    /// <summary>The location of the first skipped record, such as <c>line 7</c>, or null.</summary>
    public string? FirstTooLarge { get; private set; }

    private string Piece => Format == RecordFileFormat.JsonArray ? "element" : "line";

    /// <summary>
    /// Opens a file and validates its format. If the file can be read more than once and can be truncated (gzip, an array),
    /// it is read to its end.
    /// </summary>
    /// <param name="input">The file's content.</param>
    /// <param name="format">The format, or null to detect it from the first bytes.</param>
    /// <param name="now">The new time of an access log's last line, or null to keep its times.</param>
    /// <param name="temporary">A folder to store an access log that can be read only once, because its last line has to be read first.</param>
    /// <exception cref="UserException">The file cannot be read or has another format.</exception>
    public static RecordFile Open(RecordInput input, RecordFileFormat? format, DateTimeOffset? now, string temporary)
    {
        try
        {
            var detected = Detect(input, format);
            if (detected.Refusal is { } refusal)
            {
                throw new UserException($"{input.Name} {refusal}");
            }

            var isMoved = detected.Format == RecordFileFormat.AccessLog && now is not null;
            input = isMoved ? input.Spool(temporary) : input;
            var file = new RecordFile(input, detected, skipsMark: format != RecordFileFormat.Ndjson, TimeSpan.Zero);
            return isMoved ? file.MovedTo(now!.Value)
                : input.IsRepeatable && (input.IsGzip || detected.Format == RecordFileFormat.JsonArray) ? file.ReadThrough()
                : file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw input.Unreadable(e);
        }
    }

    /// <summary>Reads the records in the file's order.</summary>
    /// <param name="reader">Finds the user of a record, for its partition key.</param>
    /// <exception cref="UserException">The file can no longer be read.</exception>
    public IEnumerable<OutgoingRecord> Records(EventReader reader)
    {
        using var stream = _input.Open();
        var pieces = CreateReader(stream, OutgoingRecord.MaxDataBytes);
        var log = new AccessLog(_shift);
        while (Read(pieces) is { } piece)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{Piece}-{pieces.Number}");
            if (pieces.IsTooLong)
            {
                TooLarge++;
                FirstTooLarge ??= place.Replace('-', ' ');
                continue;
            }

            yield return Format == RecordFileFormat.AccessLog ? log.ToRecord(piece, pieces.Number) : ToRecord(piece, place, reader);
        }
    }

    /// <summary>Counts the records. The file must be readable more than once.</summary>
    /// <exception cref="UserException">The file can no longer be read.</exception>
    public long Count()
    {
        using var stream = _input.Open();
        var pieces = CreateReader(stream, longest: 0);
        while (Read(pieces) is not null)
        {
        }

        return pieces.Number;
    }

    private static DetectedFormat Detect(RecordInput input, RecordFileFormat? format)
    {
        var stream = input.Open();
        using var closing = input.IsRepeatable ? stream : null;
        return format is { } given
            ? new DetectedFormat(given)
            : RecordFileDetection.Detect(stream.Peek(head => !input.IsRepeatable && RecordFileDetection.IsEnough(head)), stream.IsWhole);
    }

    private static OutgoingRecord ToRecord(byte[] data, string place, EventReader reader)
    {
        var user = "";
        var count = 0;
        foreach (ref readonly var record in reader.Read(data))
        {
            count++;
            if (user.Length == 0 && record.IsEvent)
            {
                user = record.Event.Text(EventField.UserId).ToString();
            }
        }

        // Records without a user are distributed over the shards.
        return new OutgoingRecord(OutgoingRecord.GetPartitionKey(user, place), data, count);
    }

    /// <summary>Shifts the times of a log so that the last one is <paramref name="now"/>.</summary>
    private RecordFile MovedTo(DateTimeOffset now)
    {
        using var stream = _input.Open();
        Skip(stream);

        // Log times remain whole seconds.
        var last = AccessLog.LastTime(new LineReader(stream, OutgoingRecord.MaxDataBytes));
        var shift = last is null ? TimeSpan.Zero : DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) - last.Value;
        return new RecordFile(_input, new DetectedFormat(Format), _skipsMark, shift);
    }

    private RecordFile ReadThrough()
    {
        Count();
        return this;
    }

    private IRecordReader CreateReader(PeekableStream stream, int longest)
    {
        Skip(stream);
        return Format == RecordFileFormat.JsonArray ? new JsonArrayReader(stream, longest) : new LineReader(stream, longest);
    }

    private void Skip(PeekableStream stream)
    {
        if (_skipsMark)
        {
            stream.SkipIfNext(RecordFileDetection.ByteOrderMark);
        }
    }

    private byte[]? Read(IRecordReader pieces)
    {
        try
        {
            return pieces.Read();
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw _input.Unreadable(e);
        }
    }
}
