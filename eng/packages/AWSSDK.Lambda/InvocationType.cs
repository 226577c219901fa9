using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>How to invoke a function.</summary>
/// <param name="value">The service's value.</param>
public class InvocationType(string value) : ConstantClass(value)
{
    /// <summary>Synchronous: wait for the response.</summary>
    public static readonly InvocationType RequestResponse = new("RequestResponse");

    /// <summary>Asynchronous: Lambda invokes and retries it.</summary>
    public static readonly InvocationType Event = new("Event");

    /// <summary>Dry run: check parameters and permissions only.</summary>
    public static readonly InvocationType DryRun = new("DryRun");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator InvocationType(string value) => new(value);
}
