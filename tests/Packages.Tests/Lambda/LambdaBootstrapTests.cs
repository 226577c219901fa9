using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Analytics.Packages.Tests.Lambda;

public sealed class LambdaBootstrapTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly FakeRuntimeApi _api = new();
    private readonly ImmediateTime _clock = new(Now);
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _log = new();
    private readonly Dictionary<string, string?> _variables = [];
    private readonly SourceGeneratorLambdaJsonSerializer<TestJsonContext> _serializer = new();
    private Task _running = Task.CompletedTask;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_running);
        await _api.DisposeAsync();
        _stop.Dispose();
        await _log.DisposeAsync();
    }

    private Task Run(LambdaBootstrapBuilder builder)
    {
        _variables["AWS_LAMBDA_RUNTIME_API"] = _api.Address;
        return _running = builder.Build(Environment, _clock).RunAsync(_stop.Token);
    }

    private RuntimeEnvironment Environment => new(
        name => _variables.GetValueOrDefault(name), (name, value) => _variables[name] = value, TextWriter.Synchronized(_log));

    private static LambdaBootstrapBuilder Echo => LambdaBootstrapBuilder.Create(
        new Func<Stream, ILambdaContext, Task<Stream>>((input, _) => Task.FromResult(input)));

    [Fact]
    public async Task InvocationReturnsTheHandlersResult()
    {
        _ = Run(LambdaBootstrapBuilder.Create(new Func<Order, ILambdaContext, Task<string>>((order, _) => Task.FromResult(order.OrderId + "!")), _serializer));
        _api.Invoke("id-1", """{"OrderId":"a"}""");
        _api.Invoke("id-2", """{"OrderId":"b"}""");

        var first = await _api.PostAsync();
        var second = await _api.PostAsync();

        Assert.Equal(("/2018-06-01/runtime/invocation/id-1/response", "\"a!\""), (first.Path, first.Body));
        Assert.Equal(("/2018-06-01/runtime/invocation/id-2/response", "\"b!\""), (second.Path, second.Body));
    }

    [Fact]
    public async Task HandlersWithoutATaskOrAResultAreRun()
    {
        var seen = new List<string?>();
        LambdaBootstrapBuilder[] handlers =
        [
            LambdaBootstrapBuilder.Create(new Func<Order, ILambdaContext, string>((order, _) => order.OrderId!), _serializer),
            LambdaBootstrapBuilder.Create(new Action<Order, ILambdaContext>((order, _) => seen.Add(order.OrderId)), _serializer),
            LambdaBootstrapBuilder.Create(
                new Func<Order, ILambdaContext, Task>(async (order, _) =>
                {
                    await Task.Yield();
                    seen.Add(order.OrderId);
                }),
                _serializer),
            LambdaBootstrapBuilder.Create(new Func<Stream, ILambdaContext, Task>(async (stream, _) => seen.Add(await new StreamReader(stream).ReadToEndAsync()))),
            LambdaBootstrapBuilder.Create(new Func<Stream, ILambdaContext, Task<string>>((stream, _) => new StreamReader(stream).ReadToEndAsync()), _serializer),
        ];
        var bodies = new List<string>();
        foreach (var handler in handlers)
        {
            await using var api = new FakeRuntimeApi();
            _variables["AWS_LAMBDA_RUNTIME_API"] = api.Address;
            api.Invoke("id", """{"OrderId":"a"}""");
            api.AnswerNextWith(410);
            await Assert.ThrowsAsync<RuntimeApiClientException>(() => handler.Build(Environment, _clock).RunAsync());
            bodies.Add((await api.PostAsync()).Body);
        }

        Assert.Equal(["\"a\"", "", "", "", "\"{\\u0022OrderId\\u0022:\\u0022a\\u0022}\""], bodies);
        Assert.Equal(["a", "a", """{"OrderId":"a"}"""], seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ABodyComesWithALengthOrInChunks(bool isChunked)
    {
        var body = new string('x', 200_000);
        _ = Run(Echo);
        _api.Invoke("id", "short", isChunked);
        _api.Invoke("id", body, isChunked);
        _api.Invoke("id", "", isChunked);

        Assert.Equal("short", (await _api.PostAsync()).Body);
        Assert.Equal(body, (await _api.PostAsync()).Body);
        Assert.Equal("", (await _api.PostAsync()).Body);
    }

    [Fact]
    public async Task ContextHasTheValuesOfTheRuntimeApiAndTheEnvironment()
    {
        _variables["AWS_LAMBDA_FUNCTION_NAME"] = "f";
        _variables["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        _variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512";
        _variables["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/f";
        _variables["AWS_LAMBDA_LOG_STREAM_NAME"] = "stream";
        string? trace = null;
        _ = Run(LambdaBootstrapBuilder.Create(
            new Func<Order, ILambdaContext, string>((_, context) =>
            {
                trace = _variables["_X_AMZN_TRACE_ID"];
                return string.Join(
                    '|',
                    context.AwsRequestId,
                    context.FunctionName,
                    context.FunctionVersion,
                    context.InvokedFunctionArn,
                    context.MemoryLimitInMB,
                    context.LogGroupName,
                    context.LogStreamName,
                    context.RemainingTime.TotalMilliseconds,
                    context.TraceId,
                    context.ClientContext.Custom["a"],
                    context.ClientContext.Environment.Count,
                    context.Identity.IdentityId,
                    context.Identity.IdentityPoolId);
            }),
            _serializer));
        _api.Invoke(
            "id",
            "{}",
            false,
            ("Lambda-Runtime-Deadline-Ms", (Now.ToUnixTimeMilliseconds() + 2500).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:r:1:function:f"),
            ("Lambda-Runtime-Trace-Id", "Root=1-2;Parent=3;Sampled=1"),
            ("Lambda-Runtime-Client-Context", """{"custom":{"a":"b"}}"""),
            ("Lambda-Runtime-Cognito-Identity", """{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}"""));

        Assert.Equal(
            "\"id|f|$LATEST|arn:aws:lambda:r:1:function:f|512|/aws/lambda/f|stream|2500|Root=1-2;Parent=3;Sampled=1|b|0|i|p\"",
            (await _api.PostAsync()).Body);
        Assert.Equal("Root=1-2;Parent=3;Sampled=1", trace);
    }

    [Fact]
    public async Task AnExceptionAnswersItsInvocationAndTheNextOneIsTakenUp()
    {
        _ = Run(LambdaBootstrapBuilder.Create(
            new Func<Order, ILambdaContext, Task<string>>(async (order, _) =>
            {
                await Task.Yield();
                return order.OrderId ?? throw new InvalidOperationException("No \"order\".");
            }),
            _serializer));
        _api.Invoke("bad", "{}", false, ("Lambda-Runtime-Invocation-Id", "unique"));
        _api.Invoke("good", """{"OrderId":"a"}""");

        var error = await _api.PostAsync();
        var json = JsonDocument.Parse(error.Body).RootElement;

        Assert.Equal("/2018-06-01/runtime/invocation/bad/error", error.Path);
        Assert.Equal("application/vnd.aws.lambda.error+json", error.Headers["Content-Type"]);
        Assert.Equal("InvalidOperationException", error.Headers["Lambda-Runtime-Function-Error-Type"]);
        Assert.Equal("unique", error.Headers["Lambda-Runtime-Invocation-Id"]);
        Assert.Equal("InvalidOperationException", json.GetProperty("errorType").GetString());
        Assert.Equal("No \"order\".", json.GetProperty("errorMessage").GetString());
        Assert.Contains(json.GetProperty("stackTrace").EnumerateArray(), line => line.GetString()!.Contains(nameof(LambdaBootstrapTests), StringComparison.Ordinal));
        Assert.Equal("/2018-06-01/runtime/invocation/good/response", (await _api.PostAsync()).Path);
        Assert.Contains("No \"order\".", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEventThatCannotBeReadIsAnError()
    {
        _ = Run(LambdaBootstrapBuilder.Create(new Action<Order, ILambdaContext>((_, _) => { }), _serializer));
        _api.Invoke("id", "not json");

        var error = await _api.PostAsync();

        Assert.EndsWith("/error", error.Path);
        Assert.Equal("JsonSerializerException", error.Headers["Lambda-Runtime-Function-Error-Type"]);
    }

    [Theory]
    [InlineData(LambdaBootstrap.MaxResponseSize, "/response")]
    [InlineData(LambdaBootstrap.MaxResponseSize + 1, "/error")]
    public async Task AResponseLargerThanLambdaTakesIsAnError(int size, string path)
    {
        _ = Run(LambdaBootstrapBuilder.Create(new Func<Stream, ILambdaContext, Task<Stream>>((_, _) => Task.FromResult<Stream>(new MemoryStream(new byte[size])))));
        _api.Invoke("id", "{}");
        _api.Invoke("id", "{}");

        var post = await _api.PostAsync();

        Assert.EndsWith(path, post.Path);
        Assert.Equal(path == "/error", post.Body.Contains("\"errorType\":\"Function.ResponseSizeTooLarge\"", StringComparison.Ordinal));
        Assert.EndsWith(path, (await _api.PostAsync()).Path);
    }

    [Fact]
    public async Task A500AndADroppedConnectionAreRetriedWithGrowingPauses()
    {
        _api.AnswerNextWith(500);
        _api.AnswerNextWith(503);
        _api.DropNext();
        _api.DropNext("HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: lost\r\nContent-Length: 10\r\n\r\nhalf");
        _api.Invoke("id", "{}");
        _ = Run(Echo);

        Assert.Equal("/2018-06-01/runtime/invocation/id/response", (await _api.PostAsync()).Path);
        Assert.True(_clock.Waits.Count >= 3);
        Assert.Equal(_clock.Waits.Order().Distinct(), _clock.Waits);
        Assert.Equal(TimeSpan.FromMilliseconds(50), _clock.Waits[0]);
    }

    [Fact]
    public async Task PersistentServerErrorEndsTheLoop()
    {
        for (var i = 0; i < RuntimeApiClient.MaxAttempts; i++)
        {
            _api.AnswerNextWith(500);
        }

        var exception = await Assert.ThrowsAsync<RuntimeApiClientException>(() => Run(Echo));

        Assert.Equal("The next invocation was refused: the Runtime API answered 500.", exception.Message);
        Assert.Equal(TimeSpan.FromSeconds(2), _clock.Waits[^1]);
    }

    [Theory]
    [InlineData(403, "The next invocation was refused: the Runtime API answered 403, the sandbox is being shut down.")]
    [InlineData(410, "The next invocation was refused: the Runtime API answered 410, the sandbox is being shut down.")]
    [InlineData(400, "The next invocation was refused: the Runtime API answered 400.")]
    public async Task RejectionEndsTheLoopImmediately(int status, string message)
    {
        _api.AnswerNextWith(status);

        var exception = await Assert.ThrowsAsync<RuntimeApiClientException>(() => Run(Echo));

        Assert.Equal(message, exception.Message);
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task ARequestIdThatWouldLeaveItsPathIsRejected()
    {
        _api.Invoke("../../init", "{}");

        await Assert.ThrowsAsync<RuntimeApiClientException>(() => Run(Echo));
    }

    [Fact]
    public async Task AResponseIsSentAgainAfterA500()
    {
        _api.AnswerPostWith(500);
        _api.Invoke("id", "{}");
        _ = Run(Echo);

        Assert.Equal("{}", (await _api.PostAsync()).Body);
        Assert.Equal("{}", (await _api.PostAsync()).Body);
    }

    [Fact]
    public async Task LateResponseDoesNotEndTheLoop()
    {
        _api.AnswerPostWith(400);
        _api.Invoke("late", "{}");
        _api.Invoke("id", "{}");
        _ = Run(Echo);

        Assert.Contains("/late/", (await _api.PostAsync()).Path, StringComparison.Ordinal);
        Assert.Contains("/id/", (await _api.PostAsync()).Path, StringComparison.Ordinal);
        Assert.Contains("The response was refused: the Runtime API answered 400.", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnExceptionOfStartUpIsReportedAndEndsTheLoop()
    {
        var running = Run(Echo.UseBootstrapHandler(() => throw new InvalidOperationException("No table.")));

        var post = await _api.PostAsync();

        Assert.Equal("/2018-06-01/runtime/init/error", post.Path);
        Assert.Equal("InvalidOperationException", post.Headers["Lambda-Runtime-Function-Error-Type"]);
        Assert.Equal("No table.", (await Assert.ThrowsAsync<InvalidOperationException>(() => running)).Message);
    }

    [Fact]
    public async Task MissingRuntimeApiIsReported()
    {
        var exception = await Assert.ThrowsAsync<RuntimeApiClientException>(() => Echo.Build(Environment, _clock).RunAsync());

        Assert.StartsWith("AWS_LAMBDA_RUNTIME_API is not set", exception.Message);
    }

    [Fact]
    public void ALongMessageIsCutForTheRuntimeApi()
    {
        var error = InvocationError.From(new InvalidOperationException(new string('m', 100_000)));

        Assert.InRange(Encoding.UTF8.GetString(error.Json.Span).Length, 30_000, 40_000);
    }
}
