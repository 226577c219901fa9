using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Handles one invocation.</summary>
/// <param name="input">The event's bytes, in a buffer reused by the next invocation.</param>
/// <param name="context">The invocation.</param>
/// <param name="response">Receives the response's bytes.</param>
internal delegate Task InvocationHandler(MemoryStream input, ILambdaContext context, Stream response);
