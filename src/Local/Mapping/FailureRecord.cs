using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Analytics.Local.Mapping;

/// <summary>
/// What goes to the on-failure destination about records that the mapping gave up
/// (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html).
/// </summary>
public sealed record FailureRecord
{
    /// <summary>The <see cref="Condition"/> after the last retry.</summary>
    public const string RetryAttemptsExhausted = "RetryAttemptsExhausted";

    /// <summary>The <see cref="Condition"/> of records over MaximumRecordAgeInSeconds.</summary>
    public const string RecordAgeExceeded = "RecordAgeExceeded";

    /// <summary>The request id of the batch.</summary>
    public required string RequestId { get; init; }

    /// <summary>The function's ARN.</summary>
    public required string FunctionArn { get; init; }

    /// <summary>Why: <see cref="RetryAttemptsExhausted"/> or <see cref="RecordAgeExceeded"/>.</summary>
    public required string Condition { get; init; }

    /// <summary>How often the batch was tried; 1 when it never was.</summary>
    public required int ApproximateInvokeCount { get; init; }

    /// <summary>The last answer, or null when the function was never invoked with the batch.</summary>
    public FailureResponseContext? ResponseContext { get; init; }

    /// <summary>When the mapping gave up, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The records concerned.</summary>
    public required KinesisBatchInfo KinesisBatchInfo { get; init; }

    /// <summary>The record as JSON.</summary>
    /// <param name="payload">The invocation event, for S3, where it stands as a string under <c>payload</c>; otherwise empty.</param>
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
        json.WriteString("startSequenceNumber", KinesisBatchInfo.StartSequenceNumber);
        json.WriteString("endSequenceNumber", KinesisBatchInfo.EndSequenceNumber);
        json.WriteString("approximateArrivalOfFirstRecord", Format(KinesisBatchInfo.ApproximateArrivalOfFirstRecord));
        json.WriteString("approximateArrivalOfLastRecord", Format(KinesisBatchInfo.ApproximateArrivalOfLastRecord));
        json.WriteNumber("batchSize", KinesisBatchInfo.BatchSize);
        json.WriteString("streamArn", KinesisBatchInfo.StreamArn);
        json.WriteEndObject();
        if (!payload.IsEmpty)
        {
            json.WriteString("payload", Encoding.UTF8.GetString(payload.Span));
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The last answer to a batch that was given up.</summary>
/// <param name="StatusCode">The invocation's HTTP status.</param>
/// <param name="ExecutedVersion">The function's version, <c>$LATEST</c>.</param>
/// <param name="FunctionError"><c>Unhandled</c> after a throw or a time-out, null after an answer that reports failure.</param>
public sealed record FailureResponseContext(int StatusCode, string ExecutedVersion, string? FunctionError);

/// <summary>Where the records that were given up stand in their stream.</summary>
public sealed record KinesisBatchInfo
{
    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The first record's sequence number.</summary>
    public required string StartSequenceNumber { get; init; }

    /// <summary>The last record's sequence number.</summary>
    public required string EndSequenceNumber { get; init; }

    /// <summary>When the first record arrived, UTC.</summary>
    public required DateTimeOffset ApproximateArrivalOfFirstRecord { get; init; }

    /// <summary>When the last record arrived, UTC.</summary>
    public required DateTimeOffset ApproximateArrivalOfLastRecord { get; init; }

    /// <summary>The number of records; 0 when it was the final invocation of a tumbling window that failed.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The stream's ARN.</summary>
    public required string StreamArn { get; init; }
}
