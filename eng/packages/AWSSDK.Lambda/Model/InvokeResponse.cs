using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>The result of an invocation.</summary>
public class InvokeResponse : AmazonWebServiceResponse
{
    /// <summary>200 after a synchronous invocation, 202 for an asynchronous one, 204 for a dry run.</summary>
    public int? StatusCode { get; set; }

    /// <summary><c>Handled</c> or <c>Unhandled</c> if the function failed; the payload is then the error.</summary>
    public string? FunctionError { get; set; }

    /// <summary>The last 4 KiB of its log in base64, if requested.</summary>
    public string? LogResult { get; set; }

    /// <summary>The version that ran.</summary>
    public string? ExecutedVersion { get; set; }

    /// <summary>The function's result or error, as JSON.</summary>
    public MemoryStream Payload { get; set; } = null!;
}
