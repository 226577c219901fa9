namespace Amazon.Lambda.KinesisEvents;

/// <summary>The common values of a batch's records; equal records share one object.</summary>
internal sealed record CommonRecordValues
{
    public static CommonRecordValues Unknown { get; } = new();

    public string? AwsRegion { get; init; }

    public string? EventName { get; init; }

    public string? EventSource { get; init; }

    public string? EventSourceARN { get; init; }

    public string? EventVersion { get; init; }

    public string? InvokeIdentityArn { get; init; }

    /// <summary>The prefix of the event IDs before the sequence number, <c>shardId:</c>; null if an event ID has another format.</summary>
    public string? EventIdPrefix { get; init; }

    /// <summary>Whether it has the same string instances: equal values of a batch share one string.</summary>
    public bool IsSame(
        string? awsRegion,
        string? eventName,
        string? eventSource,
        string? eventSourceArn,
        string? eventVersion,
        string? invokeIdentityArn,
        string? eventIdPrefix) =>
        ReferenceEquals(AwsRegion, awsRegion)
        && ReferenceEquals(EventName, eventName)
        && ReferenceEquals(EventSource, eventSource)
        && ReferenceEquals(EventSourceARN, eventSourceArn)
        && ReferenceEquals(EventVersion, eventVersion)
        && ReferenceEquals(InvokeIdentityArn, invokeIdentityArn)
        && ReferenceEquals(EventIdPrefix, eventIdPrefix);
}
