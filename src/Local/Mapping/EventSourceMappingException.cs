namespace Analytics.Local.Mapping;

/// <summary>The exception thrown if a mapping cannot start or continue. The message is one line: what, where, and what to do.</summary>
public class EventSourceMappingException : Exception
{
    /// <summary>Creates the exception with a message for the user.</summary>
    public EventSourceMappingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message for the user and a cause.</summary>
    public EventSourceMappingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The exception thrown if the stream of a mapping does not exist.</summary>
internal sealed class StreamNotFoundException(string message, Exception innerException)
    : EventSourceMappingException(message, innerException);
