namespace Analytics.Local.Runtime;

/// <summary>A function of the local Lambda: an executable that uses the Lambda Runtime API, and its settings.</summary>
public sealed record FunctionConfiguration
{
    /// <summary>The logical ID in the template.</summary>
    public required string LogicalId { get; init; }

    /// <summary>The function's name.</summary>
    public required string Name { get; init; }

    /// <summary>The function's ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The executable to start.</summary>
    public required string Command { get; init; }

    /// <summary>The arguments of the executable.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The folder of the function's code: the working directory of its process and its <c>LAMBDA_TASK_ROOT</c>.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The handler, passed to the process in <c>_HANDLER</c>.</summary>
    public string Handler { get; init; } = "bootstrap";

    /// <summary>Environment variables in addition to Lambda's: the template's variables, credentials and endpoints.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The memory in MB.</summary>
    public int MemorySize { get; init; } = 128;

    /// <summary>
    /// Whether a process that exceeds <see cref="MemorySize"/> is killed, as on Lambda. False for a .NET build in place of
    /// the native executable, because its runtime alone may need more.
    /// </summary>
    public bool EnforceMemorySize { get; init; }

    /// <summary>The maximum number of concurrent invocations (<c>ReservedConcurrentExecutions</c>), or null for the service's limit.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>The timeout of an invocation.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The function's log file.</summary>
    public required string LogFile { get; init; }
}
