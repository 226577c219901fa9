namespace AWS.Lambda.Powertools.Logging.Internal;

/// <summary>The environment's logging settings.</summary>
internal sealed record LogSettings(string Service, LogLevel Level)
{
    /// <summary>
    /// Reads <c>POWERTOOLS_SERVICE_NAME</c>, and the level from <c>POWERTOOLS_LOG_LEVEL</c> or else <c>AWS_LAMBDA_LOG_LEVEL</c>, which
    /// Lambda's advanced logging controls set. An unknown level means the default, Information.
    /// </summary>
    public static LogSettings From(Func<string, string?> variable) => new(
        variable("POWERTOOLS_SERVICE_NAME") is { Length: > 0 } service ? service : "service_undefined",
        ToLevel(variable("POWERTOOLS_LOG_LEVEL")) ?? ToLevel(variable("AWS_LAMBDA_LOG_LEVEL")) ?? LogLevel.Information);

    private static LogLevel? ToLevel(string? text) => text?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFORMATION" or "INFO" => LogLevel.Information,
        "WARNING" or "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        "NONE" => LogLevel.None,
        _ => null,
    };
}
