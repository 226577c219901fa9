namespace Analytics.Streaming;

/// <summary>The facts of a batch that hold for all of its records.</summary>
/// <param name="StreamArn">The stream's ARN.</param>
/// <param name="ShardId">The shard that all records come from.</param>
/// <param name="ProcessedAt">When the batch was taken up, UTC.</param>
public readonly record struct BatchInfo(string StreamArn, string ShardId, DateTimeOffset ProcessedAt);
