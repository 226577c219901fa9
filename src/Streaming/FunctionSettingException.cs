namespace Analytics.Streaming;

/// <summary>A function's setting is missing or wrong; the message is one line that names it and says what to do.</summary>
public sealed class FunctionSettingException : Exception
{
    /// <summary>With that message.</summary>
    public FunctionSettingException(string message)
        : base(message)
    {
    }

    /// <summary>With that message and what led to it.</summary>
    public FunctionSettingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
