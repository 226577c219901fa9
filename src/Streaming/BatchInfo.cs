namespace Analytics.Streaming;

/// <summary>The properties that all records of a batch share.</summary>
/// <param name="StreamArn">The stream's ARN.</param>
/// <param name="ShardId">The shard that all records come from.</param>
/// <param name="ProcessedAt">The time when processing of the batch began, UTC.</param>
public readonly record struct BatchInfo(string StreamArn, string ShardId, DateTimeOffset ProcessedAt)
{
    /// <summary>
    /// Whether the batch was read with enhanced fan-out, so that its first and last sequence number may also occur in adjacent batches.
    /// Any other batch has all user records of its sequence numbers.
    /// </summary>
    public bool IsFromConsumer { get; init; }
}
