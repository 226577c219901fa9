namespace Analytics.Streaming;

/// <summary>
/// An exception that is safe to log: types, error codes and the stack trace of its cause, but not the cause's message. Structured loggers
/// write the fields <c>exception.message</c> and <c>exception.stack_trace</c>, by which logs can be searched.
/// </summary>
/// <param name="cause">The exception that occurred.</param>
internal sealed class LoggedException(Exception cause) : Exception(FailureText.Create(cause))
{
    /// <inheritdoc/>
    public override string? StackTrace => cause.StackTrace;
}
