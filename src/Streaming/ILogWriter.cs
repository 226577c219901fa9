namespace Analytics.Streaming;

/// <summary>Writes log lines.</summary>
internal interface ILogWriter
{
    /// <summary>Writes a line with the level Error.</summary>
    void Error(string text, LoggedException? exception = null);

    /// <summary>Writes a line with the level Warning.</summary>
    void Warning(string text, LoggedException? exception = null);
}
