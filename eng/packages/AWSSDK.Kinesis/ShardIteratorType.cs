using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>The starting position of a shard iterator.</summary>
/// <param name="value">The service's value.</param>
public class ShardIteratorType(string value) : ConstantClass(value)
{
    /// <summary>At a record.</summary>
    public static readonly ShardIteratorType AT_SEQUENCE_NUMBER = new("AT_SEQUENCE_NUMBER");

    /// <summary>After a record.</summary>
    public static readonly ShardIteratorType AFTER_SEQUENCE_NUMBER = new("AFTER_SEQUENCE_NUMBER");

    /// <summary>At a time.</summary>
    public static readonly ShardIteratorType AT_TIMESTAMP = new("AT_TIMESTAMP");

    /// <summary>After the newest record.</summary>
    public static readonly ShardIteratorType LATEST = new("LATEST");

    /// <summary>At the oldest record.</summary>
    public static readonly ShardIteratorType TRIM_HORIZON = new("TRIM_HORIZON");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator ShardIteratorType(string value) => new(value);
}
