namespace Amazon.CloudFormation.Model;

/// <summary>An output of a stack.</summary>
public class Output
{
    /// <summary>Its name.</summary>
    public string OutputKey { get; set; } = null!;

    /// <summary>Its value.</summary>
    public string OutputValue { get; set; } = null!;

    /// <summary>Its description in the template.</summary>
    public string? Description { get; set; }

    /// <summary>The name under which other stacks import it.</summary>
    public string? ExportName { get; set; }
}
