namespace Analytics.Local.Runtime;

/// <summary>The options of the local Lambda.</summary>
public sealed record LambdaServiceOptions
{
    /// <summary>The port of the Invoke API on 127.0.0.1, or 0 for a free port.</summary>
    public int Port { get; init; }

    /// <summary>The region passed to functions.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The maximum number of concurrent invocations of a function without reserved concurrency; further ones are throttled.</summary>
    public int MaxConcurrency { get; init; } = 1_000;

    /// <summary>The timeout of an initialization; 10 s on Lambda.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Called with each line that a function logs. Must be thread-safe.</summary>
    public Action<FunctionConfiguration, string>? LineWritten { get; init; }

    /// <summary>Called after each invocation. Must be thread-safe.</summary>
    public Action<FunctionConfiguration, InvocationReport>? Invoked { get; init; }

    /// <summary>Decides into which processes faults are injected, or null for none.</summary>
    public IInvocationFaults? Faults { get; init; }

    /// <summary>The clock for log lines and deadlines.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
