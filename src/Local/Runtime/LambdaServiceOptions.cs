namespace Analytics.Local.Runtime;

/// <summary>How the local Lambda runs.</summary>
public sealed record LambdaServiceOptions
{
    /// <summary>The port of the invocation interface on 127.0.0.1, or 0 for any.</summary>
    public int Port { get; init; }

    /// <summary>The region that functions are told.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>How many invocations of one function may run at a time, unless it has a concurrency of its own; one more is throttled.</summary>
    public int MaxConcurrency { get; init; } = 1_000;

    /// <summary>How long an initialisation may take; 10 s on Lambda.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Called with each line that a function writes, besides its log file; from several threads.</summary>
    public Action<FunctionConfiguration, string>? LineWritten { get; init; }

    /// <summary>Called after each invocation; from several threads.</summary>
    public Action<FunctionConfiguration, InvocationReport>? Invoked { get; init; }

    /// <summary>Decides which processes break; null for none.</summary>
    public IInvocationFaults? Faults { get; init; }

    /// <summary>The clock of log lines and deadlines.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
