namespace Analytics.Local.Runtime;

/// <summary>A function as the local Lambda runs it: an executable that speaks the Lambda Runtime API, and its settings.</summary>
public sealed record FunctionConfiguration
{
    /// <summary>The logical id in the template.</summary>
    public required string LogicalId { get; init; }

    /// <summary>The function's name.</summary>
    public required string Name { get; init; }

    /// <summary>The function's ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The executable to start.</summary>
    public required string Command { get; init; }

    /// <summary>What the executable is started with.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The folder of the function's code: the current folder of its process and its <c>LAMBDA_TASK_ROOT</c>.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The template's Handler; the process finds it in <c>_HANDLER</c>.</summary>
    public string Handler { get; init; } = "bootstrap";

    /// <summary>The environment on top of what Lambda sets: the template's variables, credentials and endpoints.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The memory in MB.</summary>
    public int MemorySize { get; init; } = 128;

    /// <summary>
    /// Whether a process that uses more than <see cref="MemorySize"/> is ended, as on Lambda. False for a .NET build that stands in for
    /// the native one: its own runtime alone may need more.
    /// </summary>
    public bool EnforceMemorySize { get; init; }

    /// <summary>How many invocations may run at a time (<c>ReservedConcurrentExecutions</c>); null for what the service allows.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>How long an invocation may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The file that takes the function's log.</summary>
    public required string LogFile { get; init; }
}
