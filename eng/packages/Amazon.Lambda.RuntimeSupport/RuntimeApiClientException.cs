using System.Net;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API cannot be worked with any more. The message is one line that says what happened.</summary>
internal sealed class RuntimeApiClientException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="statusCode">What the Runtime API answered, if it did.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public RuntimeApiClientException(string message, HttpStatusCode? statusCode = null, Exception? innerException = null)
        : base(message, innerException) => StatusCode = statusCode;

    /// <summary>What the Runtime API answered, or null when it did not.</summary>
    public HttpStatusCode? StatusCode { get; }
}
