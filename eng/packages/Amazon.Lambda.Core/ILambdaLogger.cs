namespace Amazon.Lambda.Core;

/// <summary>Writes lines to the function's log.</summary>
public interface ILambdaLogger
{
    /// <summary>Writes text without a line break.</summary>
    void Log(string message);

    /// <summary>Writes a line.</summary>
    void LogLine(string message);
}
