namespace AWS.Lambda.Powertools.Logging.Internal;

internal enum LogLevel
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
    None,
}
