using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>Whether a function can be invoked.</summary>
/// <param name="value">The service's own word.</param>
public class State(string value) : ConstantClass(value)
{
    /// <summary>The service's word <c>Pending</c>.</summary>
    public static readonly State Pending = new("Pending");

    /// <summary>The service's word <c>Active</c>.</summary>
    public static readonly State Active = new("Active");

    /// <summary>The service's word <c>Inactive</c>.</summary>
    public static readonly State Inactive = new("Inactive");

    /// <summary>The service's word <c>Failed</c>.</summary>
    public static readonly State Failed = new("Failed");

    /// <summary>The constant for a word of the service.</summary>
    public static implicit operator State(string value) => new(value);
}
