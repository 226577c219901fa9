namespace Analytics.Counting;

/// <summary>The exception thrown for invalid content of the counters table. The message is one line that names the item and the error.</summary>
public sealed class CounterTableException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public CounterTableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    public CounterTableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
