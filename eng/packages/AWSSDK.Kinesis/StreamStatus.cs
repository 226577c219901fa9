using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>What a stream is about.</summary>
/// <param name="value">The service's value.</param>
public class StreamStatus(string value) : ConstantClass(value)
{
    /// <summary>Ready.</summary>
    public static readonly StreamStatus ACTIVE = new("ACTIVE");

    /// <summary>Being created.</summary>
    public static readonly StreamStatus CREATING = new("CREATING");

    /// <summary>Being deleted.</summary>
    public static readonly StreamStatus DELETING = new("DELETING");

    /// <summary>Being resharded or changed; it can be read and written.</summary>
    public static readonly StreamStatus UPDATING = new("UPDATING");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator StreamStatus(string value) => new(value);
}
