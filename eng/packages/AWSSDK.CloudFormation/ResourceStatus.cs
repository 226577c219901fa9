using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>The status of a resource. The service may return further values.</summary>
/// <param name="value">The service's value.</param>
public class ResourceStatus(string value) : ConstantClass(value)
{
    /// <summary>It was created.</summary>
    public static readonly ResourceStatus CREATE_COMPLETE = new("CREATE_COMPLETE");

    /// <summary>It was updated.</summary>
    public static readonly ResourceStatus UPDATE_COMPLETE = new("UPDATE_COMPLETE");

    /// <summary>It was deleted.</summary>
    public static readonly ResourceStatus DELETE_COMPLETE = new("DELETE_COMPLETE");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator ResourceStatus(string value) => new(value);
}
