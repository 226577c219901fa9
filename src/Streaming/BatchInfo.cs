namespace Analytics.Streaming;

/// <summary>The facts of a batch that hold for all of its records.</summary>
/// <param name="StreamArn">The stream's ARN.</param>
/// <param name="ShardId">The shard that all records come from.</param>
/// <param name="ProcessedAt">When the batch was taken up, UTC.</param>
public readonly record struct BatchInfo(string StreamArn, string ShardId, DateTimeOffset ProcessedAt)
{
    /// <summary>
    /// Whether the batch was read with enhanced fan-out, so that its first and last sequence number may also occur in the batches before and
    /// after it. Any other batch has all user records of its sequence numbers.
    /// </summary>
    public bool IsFromConsumer { get; init; }
}
