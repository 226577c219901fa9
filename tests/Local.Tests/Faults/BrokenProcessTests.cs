using System.Text;
using System.Text.Json;
using Analytics.Local.Runtime;

namespace Analytics.Local.Tests.Faults;

/// <summary>The effects of faults on a function's process.</summary>
public sealed class BrokenProcessTests : IAsyncLifetime, IInvocationFaults
{
    private readonly string _folder = Directory.CreateTempSubdirectory("broken-process-tests").FullName;
    private readonly TaskCompletionSource _moment = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<InvocationFault> _missed = [];
    private InvocationFault _next;
    private LambdaService _service = null!;

    public async Task InitializeAsync()
    {
        _service = await LambdaService.StartAsync(new LambdaServiceOptions { Faults = this }, CancellationToken.None);
        _service.Add(new FunctionConfiguration
        {
            LogicalId = "Echo",
            Name = "echo",
            Arn = "arn:aws:lambda:us-east-1:000000000000:function:echo",
            Command = "node",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "Runtime", "function.js")],
            WorkingDirectory = _folder,
            Handler = "handler",
            Environment = new Dictionary<string, string>(),
            MemorySize = 256,
            Timeout = TimeSpan.FromMinutes(5),
            LogFile = Path.Combine(_folder, "echo.log"),
        });
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public InvocationFault Decide(string function)
    {
        Assert.Equal("Echo", function);
        var fault = _next;
        _next = default;
        return fault;
    }

    void IInvocationFaults.Missed(string function, InvocationFault fault) => _missed.Add(fault);

    [Theory]
    [InlineData(InvocationFaultKind.KillWhenTaken)]
    [InlineData(InvocationFaultKind.KillWhenAnswered)]
    public async Task AKilledProcessFailsItsInvocationAndTheNextOneHasANewProcess(InvocationFaultKind kind)
    {
        var before = Pid(await InvokeAsync("nothing"));
        _next = new InvocationFault(kind);

        var killed = await InvokeAsync("nothing");

        Assert.Equal("Unhandled", killed.FunctionError);
        Assert.Contains("signal: killed", Encoding.UTF8.GetString(killed.Payload.Span), StringComparison.Ordinal);
        Assert.NotEqual(before, Pid(await InvokeAsync("nothing")));
    }

    [Fact]
    public async Task ProcessIsKilledAtTheGivenPoint()
    {
        _next = new InvocationFault(InvocationFaultKind.KillAtMoment, _moment.Task);
        var invocation = InvokeAsync("hang");
        Assert.False(invocation.IsCompleted);

        _moment.SetResult();

        Assert.Equal("Unhandled", (await invocation).FunctionError);
        Assert.Empty(_missed);
    }

    [Fact]
    public async Task KillPointAfterTheResponseIsMissed()
    {
        _next = new InvocationFault(InvocationFaultKind.KillAtMoment, _moment.Task);

        Assert.Null((await InvokeAsync("nothing")).FunctionError);
        Assert.Equal(_moment.Task, Assert.Single(_missed).Moment);
    }

    [Fact]
    public async Task AProcessThatHangsTimesOutLongBeforeTheFunctionsTime()
    {
        _next = new InvocationFault(InvocationFaultKind.Hang, Patience: TimeSpan.FromMilliseconds(50));

        var result = await InvokeAsync("nothing");

        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Contains("Task timed out after 0.05 seconds", Encoding.UTF8.GetString(result.Payload.Span), StringComparison.Ordinal);
        Assert.Null((await InvokeAsync("nothing")).FunctionError);
    }

    private Task<InvocationResult> InvokeAsync(string what) =>
        _service.InvokeAsync("echo", Encoding.UTF8.GetBytes($$"""{"do":"{{what}}"}"""), "shard/0", null, CancellationToken.None);

    private static int Pid(InvocationResult result)
    {
        using var json = JsonDocument.Parse(result.Payload);
        return json.RootElement.GetProperty("pid").GetInt32();
    }
}
