namespace Analytics.Cli.Shared.Commands;

/// <summary>The exception thrown for an error that the user can correct. Its message is one line: what is wrong, where, and what to do.</summary>
internal class UserException : Exception
{
    public UserException(string message)
        : base(message)
    {
    }

    public UserException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
