namespace Amazon.CloudFormation.Model;

/// <summary>A parameter of a stack.</summary>
public class Parameter
{
    /// <summary>Its name.</summary>
    public string ParameterKey { get; set; } = null!;

    /// <summary>Its value.</summary>
    public string? ParameterValue { get; set; }
}
