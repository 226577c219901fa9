using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Handles one invocation.</summary>
/// <param name="input">The event's bytes, in a buffer that the next invocation uses again.</param>
/// <param name="context">The invocation.</param>
/// <param name="response">Takes the response's bytes.</param>
internal delegate Task InvocationHandler(MemoryStream input, ILambdaContext context, Stream response);
