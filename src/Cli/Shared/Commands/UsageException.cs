namespace Analytics.Cli.Shared.Commands;

/// <summary>The exception thrown for an argument that is invalid regardless of the environment.</summary>
internal sealed class UsageException : UserException
{
    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
