using System.Globalization;
using Analytics.Events;

namespace Analytics.Cli.Producing;

/// <summary>How the lines of a file become records.</summary>
internal enum RecordFileFormat
{
    /// <summary>Each line's bytes are one record.</summary>
    Ndjson,
    /// <summary>A web server's access log in the combined format.</summary>
    AccessLog,
}

/// <summary>A file of records to send, read line by line.</summary>
internal sealed class RecordFile
{
    private const int LinesToDetectBy = 10;
    private readonly string _path;
    private readonly TimeSpan _shift;

    private RecordFile(string path, RecordFileFormat format, TimeSpan shift)
    {
        _path = path;
        Format = format;
        _shift = shift;
    }

    /// <summary>How its lines are read.</summary>
    public RecordFileFormat Format { get; }

    /// <summary>Lines that were left out because no stream takes a record so large; complete once all records were read.</summary>
    public long TooLarge { get; private set; }

    /// <summary>The number of the first line left out, or 0.</summary>
    public long FirstTooLarge { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format, or null to find out by its first lines.</param>
    /// <param name="now">The time that an access log's last line is moved to, or null to keep its times.</param>
    /// <exception cref="UserException">It cannot be read.</exception>
    public static RecordFile Open(string path, RecordFileFormat? format, DateTimeOffset? now)
    {
        try
        {
            var found = format ?? Detect(path);
            if (found != RecordFileFormat.AccessLog || now is null)
            {
                return new RecordFile(path, found, TimeSpan.Zero);
            }

            using var stream = OpenRead(path);
            // Log times are whole seconds, and stay so.
            var last = AccessLog.LastTime(new LineReader(stream, OutgoingRecord.MaxDataBytes));
            var shift = last is null ? TimeSpan.Zero : DateTimeOffset.FromUnixTimeSeconds(now.Value.ToUnixTimeSeconds()) - last.Value;
            return new RecordFile(path, found, shift);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>The records, in the file's order.</summary>
    /// <param name="reader">Finds the user of a line, for its partition key.</param>
    /// <exception cref="UserException">The file can no longer be read.</exception>
    public IEnumerable<OutgoingRecord> Records(EventReader reader)
    {
        using var stream = OpenRead(_path);
        var lines = new LineReader(stream, OutgoingRecord.MaxDataBytes);
        var log = new AccessLog(_shift);
        while (Read(lines) is { } line)
        {
            if (lines.IsTooLong)
            {
                TooLarge++;
                FirstTooLarge = FirstTooLarge == 0 ? lines.LineNumber : FirstTooLarge;
                continue;
            }

            yield return Format == RecordFileFormat.AccessLog ? log.ToRecord(line, lines.LineNumber) : ToRecord(line, lines.LineNumber, reader);
        }
    }

    /// <summary>Counts the lines.</summary>
    /// <exception cref="UserException">The file can no longer be read.</exception>
    public long CountLines()
    {
        using var stream = OpenRead(_path);
        var lines = new LineReader(stream, longest: 0);
        while (Read(lines) is not null)
        {
        }

        return lines.LineNumber;
    }

    private static OutgoingRecord ToRecord(byte[] line, long lineNumber, EventReader reader)
    {
        var user = "";
        var count = 0;
        foreach (ref readonly var record in reader.Read(line))
        {
            count++;
            if (user.Length == 0 && record.IsEvent)
            {
                user = record.Event.Text(EventField.UserId).ToString();
            }
        }

        // Lines without a user are spread over the shards.
        return new OutgoingRecord(OutgoingRecord.PartitionKeyOf(user, "line-" + lineNumber.ToString(CultureInfo.InvariantCulture)), line, count);
    }

    private byte[]? Read(LineReader lines)
    {
        try
        {
            return lines.Read();
        }
        catch (IOException e)
        {
            throw Unreadable(_path, e);
        }
    }

    private static RecordFileFormat Detect(string path)
    {
        using var stream = OpenRead(path);
        var lines = new LineReader(stream, OutgoingRecord.MaxDataBytes);
        var (seen, logLines) = (0, 0);
        while (seen < LinesToDetectBy && lines.LineNumber < 10 * LinesToDetectBy && lines.Read() is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            seen++;
            logLines += AccessLog.IsLine(line) ? 1 : 0;
        }

        return logLines * 2 > seen ? RecordFileFormat.AccessLog : RecordFileFormat.Ndjson;
    }

    // An access log is read twice, so a pipe will not do.
    private static FileStream OpenRead(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UserException($"{path} is a folder; name a file of one JSON event a line, or an access log.");
        }

        if (!File.Exists(path))
        {
            throw new UserException($"{path} does not exist; name a file of one JSON event a line, or an access log.");
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw new UserException($"{path} is not a regular file; write what it yields to a file first.");
    }

    private static UserException Unreadable(string path, Exception cause) =>
        new($"{path} cannot be read: {cause.Message.ReplaceLineEndings(" ")} Check that it is there and that you may read it.", cause);
}
