namespace Analytics.Alerting.Sending;

/// <summary>The state of alerts in the table cannot be read or agreed on; the batch has to come again.</summary>
/// <param name="message">The message.</param>
/// <param name="innerException">The cause.</param>
internal sealed class AlertStateException(string message, Exception? innerException = null) : Exception(message, innerException);
