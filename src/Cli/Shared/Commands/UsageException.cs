namespace Analytics.Cli.Shared.Commands;

/// <summary>An argument that is wrong by itself, wherever the command runs.</summary>
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
