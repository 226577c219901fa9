namespace Analytics.Alerting.Sending;

/// <summary>The exception thrown if the state of alerts cannot be read, or conflicts persist; the batch must be redelivered.</summary>
/// <param name="message">The message.</param>
/// <param name="innerException">The cause.</param>
internal sealed class AlertStateException(string message, Exception? innerException = null) : Exception(message, innerException);
