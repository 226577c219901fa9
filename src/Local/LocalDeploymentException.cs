namespace Analytics.Local;

/// <summary>The exception thrown for an error that the user can correct. Its message is one line: what is wrong, where, and what to do.</summary>
public class LocalDeploymentException : Exception
{
    /// <summary>Creates the exception with its one-line message.</summary>
    public LocalDeploymentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its one-line message and its cause.</summary>
    public LocalDeploymentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
