using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>A function whose settings to get.</summary>
public class GetFunctionConfigurationRequest : AmazonWebServiceRequest
{
    /// <summary>Its name, partial ARN or ARN.</summary>
    public string FunctionName { get; set; } = null!;

    /// <summary>Its version or alias; the unpublished version by default.</summary>
    public string? Qualifier { get; set; }
}
