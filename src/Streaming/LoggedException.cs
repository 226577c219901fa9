namespace Analytics.Streaming;

/// <summary>
/// An exception as it may be logged: types, error codes and the stack trace of its cause, but not the cause's message. A logger that takes
/// exceptions apart into fields gives <c>exception.message</c> and <c>exception.stack_trace</c>, by which logs are searched.
/// </summary>
/// <param name="cause">The exception that occurred.</param>
internal sealed class LoggedException(Exception cause) : Exception(FailureText.Of(cause))
{
    /// <inheritdoc/>
    public override string? StackTrace => cause.StackTrace;
}
