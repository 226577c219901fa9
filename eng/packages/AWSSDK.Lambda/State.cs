using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>Whether a function can be invoked.</summary>
/// <param name="value">The service's value.</param>
public class State(string value) : ConstantClass(value)
{
    /// <summary>The value <c>Pending</c>.</summary>
    public static readonly State Pending = new("Pending");

    /// <summary>The value <c>Active</c>.</summary>
    public static readonly State Active = new("Active");

    /// <summary>The value <c>Inactive</c>.</summary>
    public static readonly State Inactive = new("Inactive");

    /// <summary>The value <c>Failed</c>.</summary>
    public static readonly State Failed = new("Failed");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator State(string value) => new(value);
}
