using System.Net;
using System.Text;
using System.Text.Json;
using Analytics.Local.Runtime;

namespace Analytics.Local.Tests.Runtime;

/// <summary>With a clock that only tests advance, so that a slow machine causes no timeout.</summary>
public sealed class LambdaServiceTests : IAsyncLifetime
{
    private readonly FakeTime _clock = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("lambda-service-tests").FullName;
    private readonly List<string> _lines = [];
    private LambdaService _service = null!;

    public async Task InitializeAsync() => _service = await StartAsync(_clock);

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task InvocationReachesTheProcessAndReturnsItsResponse()
    {
        Add("echo");

        var result = await InvokeAsync("echo", """{"a":1}""");

        Assert.Null(result.FunctionError);
        var answer = Json(result);
        Assert.Equal(1, answer.GetProperty("event").GetProperty("a").GetInt32());
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:echo", answer.GetProperty("arn").GetString());
    }

    [Fact]
    public async Task TheEnvironmentIsAsOnLambda()
    {
        Add("echo", environment: new() { ["OWN"] = "value" });

        var environment = Json(await InvokeAsync("echo", "{}")).GetProperty("environment");

        Assert.Equal("value", environment.GetProperty("OWN").GetString());
        Assert.Equal("echo", environment.GetProperty("AWS_LAMBDA_FUNCTION_NAME").GetString());
        Assert.Equal("256", environment.GetProperty("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").GetString());
        Assert.Equal("$LATEST", environment.GetProperty("AWS_LAMBDA_FUNCTION_VERSION").GetString());
        Assert.Equal("us-east-1", environment.GetProperty("AWS_REGION").GetString());
        Assert.Equal("the.handler", environment.GetProperty("_HANDLER").GetString());
        Assert.Equal(_folder, environment.GetProperty("LAMBDA_TASK_ROOT").GetString());
        Assert.False(environment.TryGetProperty("HOME", out _), "The developer's own environment must not leak into a function.");
    }

    [Fact]
    public async Task AnEnvironmentIsUsedAgainForTheNextInvocation()
    {
        Add("echo");

        var first = Json(await InvokeAsync("echo", "{}", "shard/0"));
        var second = Json(await InvokeAsync("echo", "{}", "shard/0"));

        Assert.Equal(first.GetProperty("pid").GetInt32(), second.GetProperty("pid").GetInt32());
        Assert.Equal(2, second.GetProperty("invocations").GetInt32());
        Assert.Equal(1, _service.Statistics("echo").ColdStarts);
    }

    [Fact]
    public async Task EachShardAndLaneHasASeparateEnvironment()
    {
        Add("echo");

        var first = Json(await InvokeAsync("echo", "{}", "shard/0"));
        var second = Json(await InvokeAsync("echo", "{}", "shard/1"));

        Assert.NotEqual(first.GetProperty("pid").GetInt32(), second.GetProperty("pid").GetInt32());
    }

    [Fact]
    public async Task InvocationsOfOneEnvironmentComeOneAtATime()
    {
        _service.Add(Function("echo") with { ReservedConcurrency = 20 });

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => InvokeAsync("echo", "{}", "shard/0")));

        Assert.Equal(Enumerable.Range(1, 20), results.Select(result => Json(result).GetProperty("invocations").GetInt32()).Order());
    }

    [Fact]
    public async Task AThrownErrorIsUnhandledAndTheProcessLivesOn()
    {
        Add("echo");
        var before = Json(await InvokeAsync("echo", "{}", "shard/0")).GetProperty("pid").GetInt32();

        var result = await InvokeAsync("echo", """{"do":"throw"}""", "shard/0");

        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Equal("Boom", Json(result).GetProperty("errorType").GetString());
        Assert.Equal(before, Json(await InvokeAsync("echo", "{}", "shard/0")).GetProperty("pid").GetInt32());
        Assert.Equal(1, _service.Statistics("echo").Errors);
    }

    [Fact]
    public async Task ACrashFailsTheInvocationAndTheNextOneHasANewProcess()
    {
        Add("echo");

        var crashed = await InvokeAsync("echo", """{"do":"exit"}""", "shard/0");
        var next = await InvokeAsync("echo", "{}", "shard/0");

        Assert.Equal("Unhandled", crashed.FunctionError);
        Assert.Equal("Runtime.ExitError", Json(crashed).GetProperty("errorType").GetString());
        Assert.Contains("exit status 7", Json(crashed).GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, Json(next).GetProperty("invocations").GetInt32());
        Assert.Equal(2, _service.Statistics("echo").ColdStarts);
    }

    [Fact]
    public async Task ATimeoutEndsTheProcess()
    {
        Add("echo");
        var running = InvokeAsync("echo", """{"do":"hang"}""", "shard/0");
        await Eventually.HoldsAsync(() => HasLine("handling hang") && _clock.UntilNextTimer == TimeSpan.FromSeconds(30));

        _clock.Advance(TimeSpan.FromSeconds(30));

        var result = await running;
        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Equal("Sandbox.Timedout", Json(result).GetProperty("errorType").GetString());
        Assert.EndsWith("Task timed out after 30.00 seconds", Json(result).GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, Json(await InvokeAsync("echo", "{}", "shard/0")).GetProperty("invocations").GetInt32());
        Assert.Equal(2, _service.Statistics("echo").ColdStarts);
    }

    [Fact]
    public async Task FunctionReceivesItsDeadline()
    {
        Add("echo");

        var result = await InvokeAsync("echo", "{}");

        Assert.Equal(_clock.GetUtcNow().AddSeconds(30).ToUnixTimeMilliseconds(), Json(result).GetProperty("deadline").GetInt64());
    }

    [Fact]
    public async Task AKilledProcessFailsTheInvocationAtHand()
    {
        Add("echo");
        var running = InvokeAsync("echo", """{"do":"hang"}""", "shard/0");
        await Eventually.HoldsAsync(() => HasLine("handling hang"));

        await _service.KillAsync("echo", "shard/0");

        var result = await running;
        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Contains("signal: killed", Json(result).GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error", "Init.Failed")]
    [InlineData("exit", "Runtime.ExitError")]
    public async Task AFailedInitialisationFailsTheInvocation(string how, string errorType)
    {
        Add("echo", environment: new() { ["INIT"] = how });

        var result = await InvokeAsync("echo", "{}", "shard/0");

        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Equal(errorType, Json(result).GetProperty("errorType").GetString());
    }

    [Fact]
    public async Task AnInitialisationOfMoreThanTenSecondsFailsTheInvocation()
    {
        Add("echo", environment: new() { ["INIT"] = "hang" });
        var running = InvokeAsync("echo", "{}", "shard/0");
        await Eventually.HoldsAsync(() => HasLine("hanging at the start") && _clock.UntilNextTimer == TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(10));

        var result = await running;
        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Equal("Sandbox.InitTimedout", Json(result).GetProperty("errorType").GetString());
    }

    [Fact]
    public async Task MoreMemoryThanTheFunctionHasEndsTheProcess()
    {
        await using var service = await StartAsync(TimeProvider.System);
        service.Add(Function("greedy", enforceMemory: true, timeout: TimeSpan.FromMinutes(15)));

        var result = await service.InvokeAsync(
            "greedy", """{"do":"allocate","bytes":400000000}"""u8.ToArray(), "shard/0", null, CancellationToken.None);

        Assert.Equal("Runtime.OutOfMemory", Json(result).GetProperty("errorType").GetString());
        Assert.True(service.Statistics("greedy").MaxMemoryUsed > 256);
        Assert.Equal("{}", Encoding.UTF8.GetString((await service.InvokeAsync(
            "greedy", """{"do":"little"}"""u8.ToArray(), "shard/0", null, CancellationToken.None)).Payload.Span));
        Assert.Equal(2, service.Statistics("greedy").ColdStarts);
        Assert.Contains("Memory Size: 256 MB\tMax Memory Used: ", await ReportAsync("greedy", 0), StringComparison.Ordinal);
        Assert.EndsWith("\tStatus: error\tError Type: Runtime.OutOfMemory", await ReportAsync("greedy", 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExceededMemoryIsAnErrorEvenForAnImmediateResponse()
    {
        _service.Add(Function("greedy", enforceMemory: true));

        var result = await InvokeAsync("greedy", """{"do":"allocate-and-answer","bytes":400000000}""");

        Assert.Equal("Runtime.OutOfMemory", Json(result).GetProperty("errorType").GetString());
    }

    [Fact]
    public async Task MemoryOfABuildOtherThanTheDeployedOneIsMeasuredButNotLimited()
    {
        Add("greedy");

        var result = await InvokeAsync("greedy", """{"do":"allocate-and-answer","bytes":400000000}""");

        Assert.Null(result.FunctionError);
        Assert.True(_service.Statistics("greedy").MaxMemoryUsed > 256);
    }

    [Fact]
    public async Task AnAnswerOverSixMegabytesIsAnError()
    {
        Add("echo");

        var result = await InvokeAsync("echo", """{"do":"large","bytes":6291456}""");

        Assert.Equal("Function.ResponseSizeTooLarge", Json(result).GetProperty("errorType").GetString());
    }

    [Fact]
    public async Task MoreInvocationsAtATimeThanTheConcurrencyAllowsAreThrottled()
    {
        Add("echo");
        var running = await HangAsync("a/0", "b/0", "c/0");

        var result = await InvokeAsync("echo", "{}", "d/0");

        Assert.True(result.IsThrottled);
        Assert.Equal(1, _service.Statistics("echo").Throttles);
        await _service.KillAsync("echo", "a/0");
        await running[0];
        Assert.False((await InvokeAsync("echo", "{}", "d/0")).IsThrottled);
    }

    [Fact]
    public async Task FunctionConcurrencyOverridesTheServiceDefault()
    {
        _service.Add(Function("one") with { ReservedConcurrency = 1 });
        _service.Add(Function("none") with { ReservedConcurrency = 0 });

        Assert.False((await InvokeAsync("one", "{}", "a/0")).IsThrottled);
        Assert.False((await InvokeAsync("one", "{}", "b/0")).IsThrottled);
        Assert.True((await InvokeAsync("none", "{}", "a/0")).IsThrottled);
    }

    [Fact]
    public async Task TheLogHasStartEndAndReportLines()
    {
        Add("echo");

        var result = await InvokeAsync("echo", """{"do":"something"}""");
        await Eventually.HoldsAsync(() => HasLine("handling something"));

        var log = await File.ReadAllLinesAsync(Path.Combine(_folder, "echo.log"));
        Assert.Contains($"START RequestId: {result.RequestId} Version: $LATEST", log);
        Assert.Contains("handling something", log);
        Assert.Contains($"END RequestId: {result.RequestId}", log);
        Assert.Matches(
            $@"^REPORT RequestId: {result.RequestId}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 256 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms$",
            log.Single(line => line.StartsWith("REPORT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ReportsNameACrashAndATimeout()
    {
        Add("echo");
        await InvokeAsync("echo", """{"do":"exit"}""", "shard/0");
        var running = InvokeAsync("echo", """{"do":"hang"}""", "shard/0");
        await Eventually.HoldsAsync(() => HasLine("handling hang") && _clock.UntilNextTimer == TimeSpan.FromSeconds(30));
        _clock.Advance(TimeSpan.FromSeconds(30));
        await running;

        Assert.EndsWith("\tStatus: error\tError Type: Runtime.ExitError", await ReportAsync("echo", 0), StringComparison.Ordinal);
        Assert.EndsWith("\tStatus: timeout", await ReportAsync("echo", 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFunctionIsInvokedOverHttpAsByTheAwsCli()
    {
        Add("echo");
        using var client = new HttpClient { BaseAddress = _service.Endpoint };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/2015-03-31/functions/echo/invocations") { Content = Content("""{"a":2}""") };
        request.Headers.Add("X-Amz-Log-Type", "Tail");

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("X-Amz-Function-Error"));
        var tail = Encoding.UTF8.GetString(Convert.FromBase64String(response.Headers.GetValues("X-Amz-Log-Result").Single()));
        Assert.Contains("REPORT RequestId", tail, StringComparison.Ordinal);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(2, body.RootElement.GetProperty("event").GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task OverHttpAHandlersErrorIs200WithTheErrorHeader()
    {
        Add("echo");
        using var client = new HttpClient { BaseAddress = _service.Endpoint };

        using var response = await client.PostAsync("/2015-03-31/functions/echo/invocations", Content("""{"do":"throw"}"""));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Unhandled", response.Headers.GetValues("X-Amz-Function-Error").Single());
    }

    [Theory]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:echo")]
    [InlineData("arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Aecho")]
    [InlineData("000000000000:function:echo:$LATEST")]
    public async Task OverHttpAFunctionIsFoundByItsArn(string name)
    {
        Add("echo");
        using var client = new HttpClient { BaseAddress = _service.Endpoint };

        using var response = await client.PostAsync($"/2015-03-31/functions/{name}/invocations", Content("{}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("$LATEST", response.Headers.GetValues("X-Amz-Executed-Version").Single());
    }

    [Theory]
    [InlineData("DryRun", HttpStatusCode.NoContent)]
    [InlineData("Event", HttpStatusCode.Accepted)]
    public async Task AsynchronousInvocationOverHttpHasNoPayload(string type, HttpStatusCode status)
    {
        Add("echo");
        using var client = new HttpClient { BaseAddress = _service.Endpoint };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/2015-03-31/functions/echo/invocations") { Content = Content("""{"do":"work"}""") };
        request.Headers.Add("X-Amz-Invocation-Type", type);

        using var response = await client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        await Eventually.HoldsAsync(() => type == "DryRun" || (_service.Statistics("echo").Invocations == 1 && HasLine("handling work")));
        Assert.Equal(type == "Event" ? 1 : 0, _service.Statistics("echo").ColdStarts);
    }

    [Fact]
    public async Task OverHttpAThrottledInvocationIs429()
    {
        Add("echo");
        await HangAsync("a/0", "b/0", "c/0");
        using var client = new HttpClient { BaseAddress = _service.Endpoint };
        using var response = await client.PostAsync("/2015-03-31/functions/echo/invocations", Content("{}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("TooManyRequestsException", response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Theory]
    [InlineData("nobody", "{}", HttpStatusCode.NotFound, "ResourceNotFoundException")]
    [InlineData("echo", "{oops", HttpStatusCode.BadRequest, "InvalidRequestContentException")]
    public async Task OverHttpABadRequestIsRejectedAsOnLambda(string name, string payload, HttpStatusCode status, string type)
    {
        Add("echo");
        using var client = new HttpClient { BaseAddress = _service.Endpoint };

        using var response = await client.PostAsync($"/2015-03-31/functions/{name}/invocations", Content(payload));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(type, response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task APortInUseIsOneClearLine()
    {
        var exception = await Assert.ThrowsAsync<LambdaServiceException>(
            () => LambdaService.StartAsync(new LambdaServiceOptions { Port = _service.Endpoint.Port }, CancellationToken.None));

        Assert.Equal($"Port {_service.Endpoint.Port} on 127.0.0.1 is in use. Use another port, or stop the process that listens on it.", exception.Message);
    }

    [Fact]
    public async Task AnUnknownFunctionNamesTheKnownOnes()
    {
        Add("echo");

        var exception = await Assert.ThrowsAsync<LambdaServiceException>(() => InvokeAsync("ekho", "{}"));

        Assert.Equal("There is no function ekho. The functions are echo.", exception.Message);
    }

    private Task<LambdaService> StartAsync(TimeProvider clock) => LambdaService.StartAsync(
        new LambdaServiceOptions
        {
            MaxConcurrency = 3,
            Clock = clock,
            LineWritten = (_, line) =>
            {
                lock (_lines)
                {
                    _lines.Add(line);
                }
            },
        },
        CancellationToken.None);

    private void Add(string name, Dictionary<string, string>? environment = null) => _service.Add(Function(name, environment));

    private FunctionConfiguration Function(
        string name, Dictionary<string, string>? environment = null, TimeSpan? timeout = null, bool enforceMemory = false) => new()
        {
            LogicalId = name,
            Name = name,
            Arn = $"arn:aws:lambda:us-east-1:000000000000:function:{name}",
            Command = "node",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "Runtime", "function.js")],
            WorkingDirectory = _folder,
            Handler = "the.handler",
            Environment = environment ?? [],
            MemorySize = 256,
            EnforceMemorySize = enforceMemory,
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
            LogFile = Path.Combine(_folder, $"{name}.log"),
        };

    private Task<InvocationResult> InvokeAsync(string name, string payload, string? environmentKey = null) =>
        _service.InvokeAsync(name, Encoding.UTF8.GetBytes(payload), environmentKey, null, CancellationToken.None);

    /// <summary>Invocations that do not end, each in a separate environment.</summary>
    private async Task<Task<InvocationResult>[]> HangAsync(params string[] environmentKeys)
    {
        var running = environmentKeys.Select(key => InvokeAsync("echo", """{"do":"hang"}""", key)).ToArray();
        await Eventually.HoldsAsync(() => CountLines("handling hang") == environmentKeys.Length);
        return running;
    }

    private async Task<string> ReportAsync(string function, int index) =>
        (await File.ReadAllLinesAsync(Path.Combine(_folder, $"{function}.log")))
        .Where(line => line.StartsWith("REPORT ", StringComparison.Ordinal)).ElementAt(index);

    private bool HasLine(string line) => CountLines(line) > 0;

    private int CountLines(string line)
    {
        lock (_lines)
        {
            return _lines.Count(one => one == line);
        }
    }

    private static StringContent Content(string json) => new(json, Encoding.UTF8, "application/json");

    private static JsonElement Json(InvocationResult result) => JsonDocument.Parse(result.Payload).RootElement;
}
