namespace AWS.Lambda.Powertools.Metrics;

/// <summary>Metrics cannot be written since something that CloudWatch needs is not there, such as the namespace.</summary>
public class SchemaValidationException : Exception
{
    /// <param name="message">What is missing and what to do.</param>
    internal SchemaValidationException(string message)
        : base(message)
    {
    }
}
