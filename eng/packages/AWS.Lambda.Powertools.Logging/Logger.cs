using AWS.Lambda.Powertools.Logging.Internal;

namespace AWS.Lambda.Powertools.Logging;

/// <summary>
/// Writes structured log lines to standard output, one JSON object per line, whose fields CloudWatch Logs discovers.
/// A message is a template: each <c>{Name}</c> is replaced by the argument at its position, which is also a separate field in snake_case.
/// </summary>
/// <remarks>
/// The published package has a further overload <c>(T extraKeys, string message, params object[] args)</c>, to which a call with a
/// template and a string as its first argument binds. Named parameters (<c>message: "...", args: [...]</c>) prevent that.
/// </remarks>
public static class Logger
{
    private static readonly JsonLogger Current = new(
        LogSettings.From(Environment.GetEnvironmentVariable), TimeProvider.System, StandardOutput.Writer, Environment.GetEnvironmentVariable);

    /// <summary>Adds a key, in snake_case, to every later line of this process, or replaces its value.</summary>
    /// <exception cref="ArgumentException">The key is empty or a standard field of the line, or the value is null.</exception>
    public static void AppendKey(string key, object value) => Current.AppendKey(key, value);

    /// <summary>Adds several keys, like <see cref="AppendKey"/> does.</summary>
    public static void AppendKeys(IEnumerable<KeyValuePair<string, object>> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var (key, value) in keys)
        {
            AppendKey(key, value);
        }
    }

    /// <summary>Adds several keys, like <see cref="AppendKey"/> does.</summary>
    public static void AppendKeys(IEnumerable<KeyValuePair<string, string>> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var (key, value) in keys)
        {
            AppendKey(key, value);
        }
    }

    /// <summary>Removes keys from later lines; unknown keys are ignored.</summary>
    public static void RemoveKeys(params string[] keys) => Current.RemoveKeys(keys ?? []);

    /// <summary>The keys of every line.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> GetAllKeys() => Current.Keys;

    /// <summary>Logs a trace message.</summary>
    public static void LogTrace(string message, params object?[] args) => Current.Log(LogLevel.Trace, null, message, args);

    /// <summary>Logs a trace message with an exception.</summary>
    public static void LogTrace(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Trace, exception, message, args);

    /// <summary>Logs a debug message.</summary>
    public static void LogDebug(string message, params object?[] args) => Current.Log(LogLevel.Debug, null, message, args);

    /// <summary>Logs a debug message with an exception.</summary>
    public static void LogDebug(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Debug, exception, message, args);

    /// <summary>Logs an information message.</summary>
    public static void LogInformation(string message, params object?[] args) => Current.Log(LogLevel.Information, null, message, args);

    /// <summary>Logs an information message with an exception.</summary>
    public static void LogInformation(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Information, exception, message, args);

    /// <summary>Logs a warning.</summary>
    public static void LogWarning(string message, params object?[] args) => Current.Log(LogLevel.Warning, null, message, args);

    /// <summary>Logs a warning with an exception.</summary>
    public static void LogWarning(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Warning, exception, message, args);

    /// <summary>Logs an error.</summary>
    public static void LogError(string message, params object?[] args) => Current.Log(LogLevel.Error, null, message, args);

    /// <summary>Logs an error with an exception.</summary>
    public static void LogError(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Error, exception, message, args);

    /// <summary>Logs a critical error.</summary>
    public static void LogCritical(string message, params object?[] args) => Current.Log(LogLevel.Critical, null, message, args);

    /// <summary>Logs a critical error with an exception.</summary>
    public static void LogCritical(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Critical, exception, message, args);
}
