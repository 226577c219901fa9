namespace Analytics.Cli.Shared.Commands;

/// <summary>Something that the user can put right: its message is one line that says what is wrong, where, and what to do.</summary>
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
