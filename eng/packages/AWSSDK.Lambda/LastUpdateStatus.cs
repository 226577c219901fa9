using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>How a function's last update went.</summary>
/// <param name="value">The service's own word.</param>
public class LastUpdateStatus(string value) : ConstantClass(value)
{
    /// <summary>The service's word <c>Successful</c>.</summary>
    public static readonly LastUpdateStatus Successful = new("Successful");

    /// <summary>The service's word <c>Failed</c>.</summary>
    public static readonly LastUpdateStatus Failed = new("Failed");

    /// <summary>The service's word <c>InProgress</c>.</summary>
    public static readonly LastUpdateStatus InProgress = new("InProgress");

    /// <summary>The constant for a word of the service.</summary>
    public static implicit operator LastUpdateStatus(string value) => new(value);
}
