namespace Analytics.Events.Definitions;

/// <summary>
/// The exception thrown if definitions.json is invalid. The message is one line that names the path of the error,
/// for example <c>definitions.json: counters[2].pattern.amount[0]: ...</c>.
/// </summary>
public sealed class DefinitionsException : FormatException
{
    /// <summary>Creates the exception.</summary>
    public DefinitionsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
