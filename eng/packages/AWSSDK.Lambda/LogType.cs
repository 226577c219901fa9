using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>Whether to return the end of the log.</summary>
/// <param name="value">The service's value.</param>
public class LogType(string value) : ConstantClass(value)
{
    /// <summary>No.</summary>
    public static readonly LogType None = new("None");

    /// <summary>Its last 4 KiB.</summary>
    public static readonly LogType Tail = new("Tail");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator LogType(string value) => new(value);
}
