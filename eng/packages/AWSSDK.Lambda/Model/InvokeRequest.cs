using System.Text;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>A function to invoke.</summary>
public class InvokeRequest : AmazonWebServiceRequest
{
    /// <summary>Its name, partial ARN or ARN.</summary>
    public string FunctionName { get; set; } = null!;

    /// <summary>Its version or alias; <c>$LATEST</c> by default.</summary>
    public string? Qualifier { get; set; }

    /// <summary>The invocation type; synchronous by default.</summary>
    public InvocationType? InvocationType { get; set; }

    /// <summary>Whether to return the end of its log.</summary>
    public LogType? LogType { get; set; }

    /// <summary>The client context, as JSON in base64: at most 3,583 bytes.</summary>
    public string? ClientContext { get; set; }

    /// <summary>The event, as JSON: at most 6 MB, or 1 MB for an asynchronous invocation.</summary>
    public MemoryStream? PayloadStream { get; set; }

    /// <summary>The event as text, instead of the stream.</summary>
    public string? Payload
    {
        get => PayloadStream is null ? null : Encoding.UTF8.GetString(PayloadStream.ToArray());
        set => PayloadStream = value is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(value));
    }
}
