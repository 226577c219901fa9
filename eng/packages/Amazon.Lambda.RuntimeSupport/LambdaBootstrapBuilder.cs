using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Builds the loop that processes invocations of the Runtime API.</summary>
public sealed class LambdaBootstrapBuilder
{
    private readonly InvocationHandler _handler;
    private LambdaBootstrapInitializer? _initializer;

    private LambdaBootstrapBuilder(InvocationHandler handler) => _handler = handler;

    /// <summary>A handler that takes the event's bytes and returns the response's. The stream it takes is valid until it returns.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(async (input, context, response) => await CopyAsync(await handler(input, context), response));

    /// <summary>A handler that takes the event's bytes and returns nothing. The stream it takes is valid until it returns.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task> handler) =>
        new((input, context, _) => handler(input, context));

    /// <summary>A handler that takes and returns values. A <see cref="Stream"/> is passed unchanged.</summary>
    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async (input, context, response) => await WriteAsync(await handler(Read<TInput>(input, serializer), context), response, serializer));

    /// <summary>A handler that takes a value and returns nothing. A <see cref="Stream"/> is passed unchanged.</summary>
    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new((input, context, _) => handler(Read<TInput>(input, serializer), context));

    /// <summary>A handler that takes and returns values. A <see cref="Stream"/> is passed unchanged.</summary>
    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new((input, context, response) => WriteAsync(handler(Read<TInput>(input, serializer), context), response, serializer));

    /// <summary>A handler that takes a value and returns nothing. A <see cref="Stream"/> is passed unchanged.</summary>
    public static LambdaBootstrapBuilder Create<TInput>(Action<TInput, ILambdaContext> handler, ILambdaSerializer serializer) =>
        new((input, context, _) =>
        {
            handler(Read<TInput>(input, serializer), context);
            return Task.CompletedTask;
        });

    /// <summary>The initialization, run once before the first invocation. Its exception is reported as an initialization error.</summary>
    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    /// <summary>Returns the loop.</summary>
    public LambdaBootstrap Build() => Build(RuntimeEnvironment.OfProcess, TimeProvider.System);

    internal LambdaBootstrap Build(RuntimeEnvironment environment, TimeProvider clock) => new(_handler, _initializer, environment, clock);

    private static T Read<T>(MemoryStream input, ILambdaSerializer serializer) =>
        typeof(T) == typeof(Stream) ? (T)(object)input : serializer.Deserialize<T>(input);

    private static Task WriteAsync<T>(T value, Stream response, ILambdaSerializer serializer)
    {
        if (typeof(T) == typeof(Stream))
        {
            return CopyAsync((Stream?)(object?)value, response);
        }

        serializer.Serialize(value, response);
        return Task.CompletedTask;
    }

    private static async Task CopyAsync(Stream? source, Stream response)
    {
        if (source is not null)
        {
            await using (source)
            {
                await source.CopyToAsync(response);
            }
        }
    }
}
