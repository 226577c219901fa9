namespace Amazon.CloudFormation.Model;

/// <summary>A stack.</summary>
public class Stack
{
    /// <summary>Its name.</summary>
    public string StackName { get; set; } = null!;

    /// <summary>Its ARN.</summary>
    public string StackId { get; set; } = null!;

    /// <summary>Its status.</summary>
    public StackStatus StackStatus { get; set; } = null!;

    /// <summary>Why.</summary>
    public string? StackStatusReason { get; set; }

    /// <summary>Its description in the template.</summary>
    public string? Description { get; set; }

    /// <summary>When it was created, UTC.</summary>
    public DateTime? CreationTime { get; set; }

    /// <summary>When it was last updated, UTC.</summary>
    public DateTime? LastUpdatedTime { get; set; }

    /// <summary>Its outputs.</summary>
    public List<Output>? Outputs { get; set; }

    /// <summary>Its parameters.</summary>
    public List<Parameter>? Parameters { get; set; }
}
