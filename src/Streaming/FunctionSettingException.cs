namespace Analytics.Streaming;

/// <summary>The exception thrown for a missing or invalid setting of a function. The message is one line that names it and says what to do.</summary>
public sealed class FunctionSettingException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public FunctionSettingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    public FunctionSettingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
