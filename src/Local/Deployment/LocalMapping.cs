using Analytics.Local.Mapping;

namespace Analytics.Local.Deployment;

/// <summary>An event source mapping of the deployment and its progress.</summary>
/// <param name="FunctionId">The logical ID of the function that it invokes.</param>
/// <param name="StreamArn">The ARN of the stream that it reads.</param>
/// <param name="OnFailureArn">The ARN of the destination for records that exhausted their retries, or null.</param>
/// <param name="Shards">The shards, in no particular order.</param>
public sealed record LocalMapping(string FunctionId, string StreamArn, string? OnFailureArn, IReadOnlyList<ShardProgress> Shards);
