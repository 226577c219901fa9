namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Prepares a function before its first invocation.</summary>
/// <returns>Whether the function can process invocations.</returns>
public delegate Task<bool> LambdaBootstrapInitializer();
