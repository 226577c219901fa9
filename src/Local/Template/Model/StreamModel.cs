namespace Analytics.Local.Template.Model;

/// <summary>A Kinesis stream.</summary>
/// <param name="LogicalId">Its key in the template.</param>
/// <param name="Name">Its name.</param>
/// <param name="ShardCount">How many shards it begins with.</param>
/// <param name="RetentionHours">How long it keeps records, 24 to 8,760 hours.</param>
/// <param name="IsOnDemand">Whether AWS would scale its shards.</param>
internal sealed record StreamModel(string LogicalId, string Name, int ShardCount, int RetentionHours, bool IsOnDemand)
    : ResourceModel(LogicalId)
{
    /// <summary>With how many shards AWS begins an on-demand stream.</summary>
    public const int OnDemandShards = 4;
}
