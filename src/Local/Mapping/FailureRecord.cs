using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Analytics.Local.Mapping;

/// <summary>
/// The record sent to the on-failure destination for records that exhausted their retries
/// (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html).
/// </summary>
public sealed record FailureRecord
{
    /// <summary>The <see cref="Condition"/> after the last retry.</summary>
    public const string RetryAttemptsExhausted = "RetryAttemptsExhausted";

    /// <summary>The <see cref="Condition"/> of records over MaximumRecordAgeInSeconds.</summary>
    public const string RecordAgeExceeded = "RecordAgeExceeded";

    /// <summary>The request ID of the batch.</summary>
    public required string RequestId { get; init; }

    /// <summary>The function's ARN.</summary>
    public required string FunctionArn { get; init; }

    /// <summary>The condition: <see cref="RetryAttemptsExhausted"/> or <see cref="RecordAgeExceeded"/>.</summary>
    public required string Condition { get; init; }

    /// <summary>The number of attempts; 1 even if there was none.</summary>
    public required int ApproximateInvokeCount { get; init; }

    /// <summary>The last response, or null if the function was never invoked with the batch.</summary>
    public FailureResponseContext? ResponseContext { get; init; }

    /// <summary>The time when retries ended, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The records concerned.</summary>
    public required KinesisBatchInfo KinesisBatchInfo { get; init; }

    /// <summary>The tumbling window whose final invocation failed; null for a batch of records.</summary>
    public TimeWindowInfo? TimeWindowInfo { get; init; }

    /// <summary>Describes the records for a message.</summary>
    internal string Describe() => KinesisBatchInfo.Range is { } range
        ? string.Create(CultureInfo.InvariantCulture, $"{range.BatchSize:N0} record{(range.BatchSize == 1 ? "" : "s")} of {KinesisBatchInfo.ShardId} from {range.StartSequenceNumber} to {range.EndSequenceNumber}")
        : $"the final invocation of a tumbling window of {KinesisBatchInfo.ShardId}";

    /// <summary>Returns the record as JSON.</summary>
    /// <param name="payload">The invocation event for S3, which is added as the string <c>payload</c>; otherwise empty.</param>
    public byte[] ToJson(ReadOnlyMemory<byte> payload = default)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + payload.Length);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("requestContext");
        json.WriteString("requestId", RequestId);
        json.WriteString("functionArn", FunctionArn);
        json.WriteString("condition", Condition);
        json.WriteNumber("approximateInvokeCount", ApproximateInvokeCount);
        json.WriteEndObject();
        if (ResponseContext is { } response)
        {
            json.WriteStartObject("responseContext");
            json.WriteNumber("statusCode", response.StatusCode);
            json.WriteString("executedVersion", response.ExecutedVersion);
            json.WriteString("functionError", response.FunctionError);
            json.WriteEndObject();
        }

        json.WriteString("version", "1.0");
        json.WriteString("timestamp", Format(Timestamp));
        json.WriteStartObject("KinesisBatchInfo");
        json.WriteString("shardId", KinesisBatchInfo.ShardId);
        if (KinesisBatchInfo.Range is { } range)
        {
            json.WriteString("startSequenceNumber", range.StartSequenceNumber);
            json.WriteString("endSequenceNumber", range.EndSequenceNumber);
            json.WriteString("approximateArrivalOfFirstRecord", Format(range.ApproximateArrivalOfFirstRecord));
            json.WriteString("approximateArrivalOfLastRecord", Format(range.ApproximateArrivalOfLastRecord));
            json.WriteNumber("batchSize", range.BatchSize);
        }

        json.WriteString("streamArn", KinesisBatchInfo.StreamArn);
        json.WriteEndObject();
        if (TimeWindowInfo is { } window)
        {
            WriteWindow(json, window);
        }

        if (!payload.IsEmpty)
        {
            json.WriteString("payload", Encoding.UTF8.GetString(payload.Span));
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>AWS does not document the members of <c>timeWindowInfo</c>; here they have the same names and formats as in the invocation event.</summary>
    private static void WriteWindow(Utf8JsonWriter json, TimeWindowInfo info)
    {
        json.WriteStartObject("timeWindowInfo");
        json.WriteStartObject("window");
        json.WriteString("start", KinesisEventWriter.FormatWindowTime(info.Start));
        json.WriteString("end", KinesisEventWriter.FormatWindowTime(info.End));
        json.WriteEndObject();
        json.WriteBoolean("isFinalInvokeForWindow", true);
        json.WriteBoolean("isWindowTerminatedEarly", info.IsTerminatedEarly);
        json.WriteEndObject();
    }

    private static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The last response to a batch that exhausted its retries.</summary>
/// <param name="StatusCode">The invocation's HTTP status.</param>
/// <param name="ExecutedVersion">The function's version, <c>$LATEST</c>.</param>
/// <param name="FunctionError"><c>Unhandled</c> after an exception or timeout; null after a response that reports failures.</param>
public sealed record FailureResponseContext(int StatusCode, string ExecutedVersion, string? FunctionError);

/// <summary>The position of a failed batch in its stream.</summary>
public sealed record KinesisBatchInfo
{
    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The records, or null for the final invocation of a tumbling window, which has none.</summary>
    public required BatchRange? Range { get; init; }

    /// <summary>The stream's ARN.</summary>
    public required string StreamArn { get; init; }
}

/// <summary>The records of a failed batch.</summary>
/// <param name="StartSequenceNumber">The first record's sequence number.</param>
/// <param name="EndSequenceNumber">The last record's sequence number.</param>
/// <param name="ApproximateArrivalOfFirstRecord">Arrival time of the first record, UTC.</param>
/// <param name="ApproximateArrivalOfLastRecord">Arrival time of the last record, UTC.</param>
/// <param name="BatchSize">The number of records.</param>
public sealed record BatchRange(
    string StartSequenceNumber,
    string EndSequenceNumber,
    DateTimeOffset ApproximateArrivalOfFirstRecord,
    DateTimeOffset ApproximateArrivalOfLastRecord,
    int BatchSize);

/// <summary>A tumbling window whose final invocation exhausted its retries.</summary>
/// <param name="Start">Start of the window, UTC.</param>
/// <param name="End">End of the window, UTC.</param>
/// <param name="IsTerminatedEarly">Whether the window ended early because its state exceeded the limit.</param>
public sealed record TimeWindowInfo(DateTimeOffset Start, DateTimeOffset End, bool IsTerminatedEarly);
