namespace Amazon.Lambda.KinesisEvents;

/// <summary>What the records of a batch have in common; one object serves all of those that are alike.</summary>
internal sealed record RecordOrigin
{
    public static RecordOrigin Unknown { get; } = new();

    public string? AwsRegion { get; init; }

    public string? EventName { get; init; }

    public string? EventSource { get; init; }

    public string? EventSourceARN { get; init; }

    public string? EventVersion { get; init; }

    public string? InvokeIdentityArn { get; init; }

    /// <summary>What stands before the sequence number in the event ids, <c>shardId:</c>; null when an event id is not of that shape.</summary>
    public string? EventIdPrefix { get; init; }

    /// <summary>Whether it holds these very strings: equal values of one batch are one string.</summary>
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
