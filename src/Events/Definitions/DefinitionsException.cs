namespace Analytics.Events.Definitions;

/// <summary>
/// definitions.json cannot be used. The message is one line that names the path of the fault,
/// for example <c>definitions.json: counters[2].pattern.amount[0]: ...</c>.
/// </summary>
public sealed class DefinitionsException : FormatException
{
    /// <summary>Makes the exception with its message.</summary>
    public DefinitionsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
