using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>How to invoke a function.</summary>
/// <param name="value">The service's own word.</param>
public class InvocationType(string value) : ConstantClass(value)
{
    /// <summary>Wait for its answer.</summary>
    public static readonly InvocationType RequestResponse = new("RequestResponse");

    /// <summary>Let Lambda invoke it, and retry, on its own.</summary>
    public static readonly InvocationType Event = new("Event");

    /// <summary>Only check whether the caller may.</summary>
    public static readonly InvocationType DryRun = new("DryRun");

    /// <summary>The constant for a word of the service.</summary>
    public static implicit operator InvocationType(string value) => new(value);
}
