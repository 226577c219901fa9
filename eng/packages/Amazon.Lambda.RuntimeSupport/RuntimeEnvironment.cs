using System.Globalization;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The environment variables that Lambda sets (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
/// </summary>
/// <param name="get">Reads a variable; null when it is not set.</param>
/// <param name="set">Sets a variable, or removes it when the value is null.</param>
/// <param name="log">Receives the lines of the function's log.</param>
internal sealed class RuntimeEnvironment(Func<string, string?> get, Action<string, string?> set, TextWriter log)
{
    /// <summary>The variables of this process.</summary>
    public static RuntimeEnvironment OfProcess =>
        new(Environment.GetEnvironmentVariable, Environment.SetEnvironmentVariable, Console.Error);

    public TextWriter Log { get; } = log;

    /// <summary><c>host:port</c> of the Runtime API.</summary>
    public string? RuntimeApi => get("AWS_LAMBDA_RUNTIME_API");

    public string FunctionName => get("AWS_LAMBDA_FUNCTION_NAME") ?? "";

    public string FunctionVersion => get("AWS_LAMBDA_FUNCTION_VERSION") ?? "";

    public string LogGroupName => get("AWS_LAMBDA_LOG_GROUP_NAME") ?? "";

    public string LogStreamName => get("AWS_LAMBDA_LOG_STREAM_NAME") ?? "";

    public int MemorySize =>
        int.TryParse(get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    /// <summary>Sets the invocation's trace for the X-Ray SDKs and Powertools.</summary>
    public void SetTraceId(string? traceId) => set("_X_AMZN_TRACE_ID", traceId);
}
