namespace Analytics.Local.Template.Model;

/// <summary>A Kinesis stream.</summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="Name">The name.</param>
/// <param name="ShardCount">The initial number of shards.</param>
/// <param name="RetentionHours">The retention, 24 to 8,760 hours.</param>
/// <param name="IsOnDemand">Whether AWS would scale its shards.</param>
internal sealed record StreamModel(string LogicalId, string Name, int ShardCount, int RetentionHours, bool IsOnDemand)
    : ResourceModel(LogicalId)
{
    /// <summary>The initial number of shards of an on-demand stream on AWS.</summary>
    public const int OnDemandShards = 4;
}
