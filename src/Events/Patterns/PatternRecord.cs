namespace Analytics.Events.Patterns;

/// <summary>
/// A Kinesis record as seen by the filter of an event source mapping
/// (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html). A null property is absent.
/// </summary>
public readonly ref struct PatternRecord
{
    /// <summary>The record's data, decoded from base64. Patterns on <c>data</c> match it as JSON; other data never matches.</summary>
    public ReadOnlySpan<byte> Data { get; init; }

    /// <summary><c>partitionKey</c>.</summary>
    public string? PartitionKey { get; init; }

    /// <summary><c>sequenceNumber</c>, a string.</summary>
    public string? SequenceNumber { get; init; }

    /// <summary><c>approximateArrivalTimestamp</c>, a number: seconds since the epoch.</summary>
    public decimal? ApproximateArrivalTimestamp { get; init; }

    /// <summary><c>kinesisSchemaVersion</c>.</summary>
    public string? KinesisSchemaVersion { get; init; }

    /// <summary><c>eventSource</c>, <c>aws:kinesis</c>.</summary>
    public string? EventSource { get; init; }

    /// <summary><c>eventVersion</c>.</summary>
    public string? EventVersion { get; init; }

    /// <summary><c>eventID</c>.</summary>
    public string? EventId { get; init; }

    /// <summary><c>eventName</c>, <c>aws:kinesis:record</c>.</summary>
    public string? EventName { get; init; }

    /// <summary><c>invokeIdentityArn</c>.</summary>
    public string? InvokeIdentityArn { get; init; }

    /// <summary><c>awsRegion</c>.</summary>
    public string? AwsRegion { get; init; }

    /// <summary><c>eventSourceARN</c>.</summary>
    public string? EventSourceArn { get; init; }
}
