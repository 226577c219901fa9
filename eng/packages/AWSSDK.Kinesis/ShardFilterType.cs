using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>Selects the shards to list.</summary>
/// <param name="value">The service's value.</param>
public class ShardFilterType(string value) : ConstantClass(value)
{
    /// <summary>After a shard.</summary>
    public static readonly ShardFilterType AFTER_SHARD_ID = new("AFTER_SHARD_ID");

    /// <summary>Those that are open.</summary>
    public static readonly ShardFilterType AT_LATEST = new("AT_LATEST");

    /// <summary>Those that were open at a time.</summary>
    public static readonly ShardFilterType AT_TIMESTAMP = new("AT_TIMESTAMP");

    /// <summary>Those that were open at the oldest record.</summary>
    public static readonly ShardFilterType AT_TRIM_HORIZON = new("AT_TRIM_HORIZON");

    /// <summary>Those that are or were open since a time.</summary>
    public static readonly ShardFilterType FROM_TIMESTAMP = new("FROM_TIMESTAMP");

    /// <summary>All that still have records.</summary>
    public static readonly ShardFilterType FROM_TRIM_HORIZON = new("FROM_TRIM_HORIZON");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator ShardFilterType(string value) => new(value);
}
