namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>An event that could not be read, or a result that could not be written.</summary>
public class JsonSerializerException : Exception
{
    /// <summary>Makes an exception without a cause.</summary>
    public JsonSerializerException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    public JsonSerializerException(string message, Exception exception)
        : base(message, exception)
    {
    }
}
