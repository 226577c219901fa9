namespace Analytics.Local.Mapping;

/// <summary>A mapping cannot start or go on. The message is one line: what, where, and what to do.</summary>
public class EventSourceMappingException : Exception
{
    /// <summary>With a message for the user.</summary>
    public EventSourceMappingException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the user and its cause.</summary>
    public EventSourceMappingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The stream of a mapping is not there, or not any more.</summary>
internal sealed class StreamNotFoundException(string message, Exception innerException)
    : EventSourceMappingException(message, innerException);
