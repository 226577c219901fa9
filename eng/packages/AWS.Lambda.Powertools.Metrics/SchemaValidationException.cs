namespace AWS.Lambda.Powertools.Metrics;

/// <summary>Metrics cannot be written because a required setting, such as the namespace, is missing.</summary>
public class SchemaValidationException : Exception
{
    /// <param name="message">The missing setting and how to supply it.</param>
    internal SchemaValidationException(string message)
        : base(message)
    {
    }
}
