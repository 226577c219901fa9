using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>A function's settings and state.</summary>
public class GetFunctionConfigurationResponse : AmazonWebServiceResponse
{
    /// <summary>Its name.</summary>
    public string FunctionName { get; set; } = null!;

    /// <summary>Its memory, in MB.</summary>
    public int? MemorySize { get; set; }

    /// <summary>Its timeout, in seconds.</summary>
    public int? Timeout { get; set; }

    /// <summary>When it was last updated, in ISO 8601.</summary>
    public string? LastModified { get; set; }

    /// <summary>Whether it can be invoked.</summary>
    public State? State { get; set; }

    /// <summary>Why it is in its state.</summary>
    public string? StateReason { get; set; }

    /// <summary>The status of its last update.</summary>
    public LastUpdateStatus? LastUpdateStatus { get; set; }

    /// <summary>Its environment variables.</summary>
    public EnvironmentResponse? Environment { get; set; }
}
