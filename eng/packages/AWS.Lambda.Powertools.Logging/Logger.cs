using AWS.Lambda.Powertools.Logging.Internal;

namespace AWS.Lambda.Powertools.Logging;

/// <summary>
/// Writes structured log lines to standard output, one JSON object a line, which CloudWatch Logs takes apart into fields.
/// A message is a template: each <c>{Name}</c> stands for the argument at its place, and is a field of its own as well, in snake_case.
/// </summary>
/// <remarks>
/// The published package has a further overload <c>(T extraKeys, string message, params object[] args)</c>, to which a call with a
/// template and a string as its first argument binds. Name the parameters (<c>message: "...", args: [...]</c>) and it cannot.
/// </remarks>
public static class Logger
{
    private static readonly JsonLogger Current = new(
        LogSettings.From(Environment.GetEnvironmentVariable), TimeProvider.System, StandardOutput.Writer, Environment.GetEnvironmentVariable);

    /// <summary>Adds a key, in snake_case, to every later line of this process, or replaces its value.</summary>
    /// <exception cref="ArgumentException">The key is empty or one of the line's own fields, or the value is null.</exception>
    public static void AppendKey(string key, object value) => Current.AppendKey(key, value);

    /// <summary>Adds several keys, as <see cref="AppendKey"/> does.</summary>
    public static void AppendKeys(IEnumerable<KeyValuePair<string, object>> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var (key, value) in keys)
        {
            AppendKey(key, value);
        }
    }

    /// <summary>Adds several keys, as <see cref="AppendKey"/> does.</summary>
    public static void AppendKeys(IEnumerable<KeyValuePair<string, string>> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var (key, value) in keys)
        {
            AppendKey(key, value);
        }
    }

    /// <summary>Takes keys out of later lines; those that are not there do not matter.</summary>
    public static void RemoveKeys(params string[] keys) => Current.RemoveKeys(keys ?? []);

    /// <summary>The keys that every line carries.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> GetAllKeys() => Current.Keys;

    /// <summary>Logs what only someone who follows the code step by step needs.</summary>
    public static void LogTrace(string message, params object?[] args) => Current.Log(LogLevel.Trace, null, message, args);

    /// <summary>Logs what only someone who follows the code step by step needs, and the exception behind it.</summary>
    public static void LogTrace(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Trace, exception, message, args);

    /// <summary>Logs what helps to find a fault.</summary>
    public static void LogDebug(string message, params object?[] args) => Current.Log(LogLevel.Debug, null, message, args);

    /// <summary>Logs what helps to find a fault, and the exception behind it.</summary>
    public static void LogDebug(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Debug, exception, message, args);

    /// <summary>Logs what happened.</summary>
    public static void LogInformation(string message, params object?[] args) => Current.Log(LogLevel.Information, null, message, args);

    /// <summary>Logs what happened, and the exception behind it.</summary>
    public static void LogInformation(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Information, exception, message, args);

    /// <summary>Logs what is not as it should be but was dealt with.</summary>
    public static void LogWarning(string message, params object?[] args) => Current.Log(LogLevel.Warning, null, message, args);

    /// <summary>Logs what is not as it should be but was dealt with, and the exception behind it.</summary>
    public static void LogWarning(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Warning, exception, message, args);

    /// <summary>Logs what failed.</summary>
    public static void LogError(string message, params object?[] args) => Current.Log(LogLevel.Error, null, message, args);

    /// <summary>Logs what failed, and the exception behind it.</summary>
    public static void LogError(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Error, exception, message, args);

    /// <summary>Logs what stops the function.</summary>
    public static void LogCritical(string message, params object?[] args) => Current.Log(LogLevel.Critical, null, message, args);

    /// <summary>Logs what stops the function, and the exception behind it.</summary>
    public static void LogCritical(Exception exception, string message, params object?[] args) =>
        Current.Log(LogLevel.Critical, exception, message, args);
}
