using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>The status of a stack. The service may return further values.</summary>
/// <param name="value">The service's value.</param>
public class StackStatus(string value) : ConstantClass(value)
{
    /// <summary>It was created.</summary>
    public static readonly StackStatus CREATE_COMPLETE = new("CREATE_COMPLETE");

    /// <summary>It was updated.</summary>
    public static readonly StackStatus UPDATE_COMPLETE = new("UPDATE_COMPLETE");

    /// <summary>It was deleted.</summary>
    public static readonly StackStatus DELETE_COMPLETE = new("DELETE_COMPLETE");

    /// <summary>It could not be created.</summary>
    public static readonly StackStatus ROLLBACK_COMPLETE = new("ROLLBACK_COMPLETE");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator StackStatus(string value) => new(value);
}
