using System.Text.Json;
using Amazon.SQS.Model;
using Analytics.Streaming;

namespace Analytics.Cli.Failures;

/// <summary>
/// A message of the failures queue: Lambda's failure record of a batch that exhausted its retries
/// (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html).
/// </summary>
internal sealed record FailureMessage
{
    private const int IdLength = 8;

    /// <summary>The queue's identifier of the message.</summary>
    public required string MessageId { get; init; }

    /// <summary>The receipt handle to hide or delete the message.</summary>
    public required string ReceiptHandle { get; init; }

    /// <summary>The function's name, without qualifier.</summary>
    public required string FunctionName { get; init; }

    /// <summary><c>RetryAttemptsExhausted</c> or <c>RecordAgeExceeded</c>.</summary>
    public required string Condition { get; init; }

    /// <summary>Number of invocations.</summary>
    public required int InvokeCount { get; init; }

    /// <summary><c>Unhandled</c> after an error or a timeout; null after a response that reported failures, or if the function was never invoked.</summary>
    public required string? FunctionError { get; init; }

    /// <summary>The time when the retries were exhausted.</summary>
    public required DateTimeOffset GivenUpAt { get; init; }

    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The records, or null for the final invocation of a tumbling window, which has none.</summary>
    public required RecordRange? Range { get; init; }

    /// <summary>The short form of the message's identifier.</summary>
    public string Id => MessageId.Length > IdLength ? MessageId[..IdLength] : MessageId;

    /// <summary>Parses a message.</summary>
    /// <returns>The failure record, or null if the message is not one.</returns>
    public static FailureMessage? Parse(Message message)
    {
        try
        {
            using var json = JsonDocument.Parse(message.Body);
            var request = json.RootElement.GetProperty("requestContext");
            var batch = json.RootElement.GetProperty("KinesisBatchInfo");
            return new FailureMessage
            {
                MessageId = message.MessageId,
                ReceiptHandle = message.ReceiptHandle,
                FunctionName = NameIn(Text(request, "functionArn")),
                Condition = Text(request, "condition"),
                InvokeCount = request.GetProperty("approximateInvokeCount").GetInt32(),
                FunctionError = json.RootElement.TryGetProperty("responseContext", out var response)
                    && response.ValueKind == JsonValueKind.Object
                    && response.TryGetProperty("functionError", out var error)
                        ? error.GetString()
                        : null,
                GivenUpAt = json.RootElement.GetProperty("timestamp").GetDateTimeOffset(),
                ShardId = Text(batch, "shardId"),
                Range = json.RootElement.TryGetProperty("timeWindowInfo", out _) ? null : RangeIn(batch),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static RecordRange RangeIn(JsonElement batch) => new(
        Text(batch, "streamArn"),
        Text(batch, "shardId"),
        SequenceNumber.Parse(Text(batch, "startSequenceNumber")),
        SequenceNumber.Parse(Text(batch, "endSequenceNumber")),
        batch.GetProperty("approximateArrivalOfFirstRecord").GetDateTimeOffset(),
        batch.GetProperty("approximateArrivalOfLastRecord").GetDateTimeOffset(),
        batch.GetProperty("batchSize").GetInt32());

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"{name} is missing.");

    // arn:aws:lambda:region:account:function:name[:qualifier]
    private static string NameIn(string functionArn) =>
        functionArn.Split(':') is { Length: >= 7 } parts ? parts[6] : throw new FormatException($"{functionArn} is not a function ARN.");
}
