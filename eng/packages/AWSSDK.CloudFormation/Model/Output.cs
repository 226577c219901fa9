namespace Amazon.CloudFormation.Model;

/// <summary>An output of a stack.</summary>
public class Output
{
    /// <summary>Its name.</summary>
    public string OutputKey { get; set; } = null!;

    /// <summary>Its value.</summary>
    public string OutputValue { get; set; } = null!;

    /// <summary>What the template says of it.</summary>
    public string? Description { get; set; }

    /// <summary>The name that other stacks import it by.</summary>
    public string? ExportName { get; set; }
}
