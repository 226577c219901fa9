namespace Analytics.Local;

/// <summary>What a user can mend: the message is one line that says what is wrong, where, and what to do.</summary>
public class LocalDeploymentException : Exception
{
    /// <summary>Creates the exception with its one-line message.</summary>
    public LocalDeploymentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its one-line message and what caused it.</summary>
    public LocalDeploymentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
