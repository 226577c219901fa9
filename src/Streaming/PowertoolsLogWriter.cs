using AWS.Lambda.Powertools.Logging;

namespace Analytics.Streaming;

/// <summary>Writes log lines with Powertools.</summary>
internal sealed class PowertoolsLogWriter : ILogWriter
{
    public void Error(string text, LoggedException? exception = null)
    {
        if (exception is null)
        {
            Logger.LogError(text);
        }
        else
        {
            Logger.LogError(exception, text);
        }
    }

    public void Warning(string text, LoggedException? exception = null)
    {
        if (exception is null)
        {
            Logger.LogWarning(text);
        }
        else
        {
            Logger.LogWarning(exception, text);
        }
    }
}
