namespace Analytics.Counting;

/// <summary>The counters' table does not hold what it should; the message is one line that names the item and says what is wrong with it.</summary>
public sealed class CounterTableException : Exception
{
    /// <summary>With that message.</summary>
    public CounterTableException(string message)
        : base(message)
    {
    }

    /// <summary>With that message and what led to it.</summary>
    public CounterTableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
