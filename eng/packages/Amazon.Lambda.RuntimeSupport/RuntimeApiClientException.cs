using System.Net;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API is unavailable. The message is one line.</summary>
internal sealed class RuntimeApiClientException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="statusCode">The status of the Runtime API's response, if any.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public RuntimeApiClientException(string message, HttpStatusCode? statusCode = null, Exception? innerException = null)
        : base(message, innerException) => StatusCode = statusCode;

    /// <summary>The status of the Runtime API's response, or null without one.</summary>
    public HttpStatusCode? StatusCode { get; }
}
