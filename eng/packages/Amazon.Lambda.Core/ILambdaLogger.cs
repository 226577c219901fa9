namespace Amazon.Lambda.Core;

/// <summary>Writes lines to the function's log.</summary>
public interface ILambdaLogger
{
    /// <summary>Writes a text as it is.</summary>
    void Log(string message);

    /// <summary>Writes a text and ends the line.</summary>
    void LogLine(string message);
}
