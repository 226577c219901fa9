namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>An event that could not be read, or a result that could not be written.</summary>
public class JsonSerializerException : Exception
{
    /// <summary>Creates an exception without a cause.</summary>
    public JsonSerializerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a cause.</summary>
    public JsonSerializerException(string message, Exception exception)
        : base(message, exception)
    {
    }
}
