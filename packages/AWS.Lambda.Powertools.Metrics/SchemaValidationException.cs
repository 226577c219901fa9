namespace AWS.Lambda.Powertools.Metrics;

/// <summary>Metrics cannot be written since something that CloudWatch needs is not there, such as the namespace.</summary>
/// <param name="message">What is missing and what to do.</param>
public class SchemaValidationException(string message) : Exception(message);
