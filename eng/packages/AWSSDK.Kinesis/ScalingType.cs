using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>How shards are resized.</summary>
/// <param name="value">The service's value.</param>
public class ScalingType(string value) : ConstantClass(value)
{
    /// <summary>All shards end up with equal ranges.</summary>
    public static readonly ScalingType UNIFORM_SCALING = new("UNIFORM_SCALING");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator ScalingType(string value) => new(value);
}
