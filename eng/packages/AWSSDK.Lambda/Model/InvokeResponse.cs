using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>What became of an invocation.</summary>
public class InvokeResponse : AmazonWebServiceResponse
{
    /// <summary>200 after the function's answer, 202 if Lambda is to invoke it on its own, 204 after a check.</summary>
    public int? StatusCode { get; set; }

    /// <summary><c>Handled</c> or <c>Unhandled</c> if the function failed; the payload then tells the error.</summary>
    public string? FunctionError { get; set; }

    /// <summary>The last 4 KiB of its log in base64, if it was asked for.</summary>
    public string? LogResult { get; set; }

    /// <summary>The version that ran.</summary>
    public string? ExecutedVersion { get; set; }

    /// <summary>What the function returned, or its error, as JSON.</summary>
    public MemoryStream Payload { get; set; } = null!;
}
