namespace Analytics.Local.Runtime;

/// <summary>The local Lambda cannot do what was asked; the message is one line for the user.</summary>
public sealed class LambdaServiceException : Exception
{
    /// <summary>Says what is wrong, where, and what to do.</summary>
    public LambdaServiceException(string message) : base(message)
    {
    }

    /// <summary>As above, with its cause.</summary>
    public LambdaServiceException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
