using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>The status of a function's last update.</summary>
/// <param name="value">The service's value.</param>
public class LastUpdateStatus(string value) : ConstantClass(value)
{
    /// <summary>The value <c>Successful</c>.</summary>
    public static readonly LastUpdateStatus Successful = new("Successful");

    /// <summary>The value <c>Failed</c>.</summary>
    public static readonly LastUpdateStatus Failed = new("Failed");

    /// <summary>The value <c>InProgress</c>.</summary>
    public static readonly LastUpdateStatus InProgress = new("InProgress");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator LastUpdateStatus(string value) => new(value);
}
