namespace Amazon.CloudFormation.Model;

/// <summary>A resource of a stack.</summary>
public class StackResourceSummary
{
    /// <summary>Its name in the template.</summary>
    public string LogicalResourceId { get; set; } = null!;

    /// <summary>Its name or ARN at its service, once it has one.</summary>
    public string? PhysicalResourceId { get; set; }

    /// <summary>Its type, for example <c>AWS::Kinesis::Stream</c>.</summary>
    public string ResourceType { get; set; } = null!;

    /// <summary>Its status.</summary>
    public ResourceStatus ResourceStatus { get; set; } = null!;

    /// <summary>When, UTC.</summary>
    public DateTime? LastUpdatedTimestamp { get; set; }
}
