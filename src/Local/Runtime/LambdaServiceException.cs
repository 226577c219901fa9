namespace Analytics.Local.Runtime;

/// <summary>The exception thrown by the local Lambda. The message is one line for the user.</summary>
public sealed class LambdaServiceException : Exception
{
    /// <summary>Creates the exception with a message: what is wrong, where, and what to do.</summary>
    public LambdaServiceException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    public LambdaServiceException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
