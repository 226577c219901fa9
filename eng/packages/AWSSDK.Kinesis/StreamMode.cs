using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>A stream's capacity mode.</summary>
/// <param name="value">The service's value.</param>
public class StreamMode(string value) : ConstantClass(value)
{
    /// <summary>By its traffic.</summary>
    public static readonly StreamMode ON_DEMAND = new("ON_DEMAND");

    /// <summary>By the number of shards.</summary>
    public static readonly StreamMode PROVISIONED = new("PROVISIONED");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator StreamMode(string value) => new(value);
}
