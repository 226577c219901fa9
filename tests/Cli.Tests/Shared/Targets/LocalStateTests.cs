using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Tests.Shared.Targets;

public sealed class LocalStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void StateOfARunningProcessIsFound()
    {
        var state = State();
        state.Write(_folder.Path);

        var found = LocalState.FindRunning(_folder.Path)!;
        Assert.Equal(state.Endpoints, found.Endpoints);
        Assert.Equal(state.Resources, found.Resources);
        Assert.Equal(state.Functions, found.Functions);
        Assert.Equal((state.Region, state.ProcessId), (found.Region, found.ProcessId));
    }

    [Fact]
    public void AfterItsRemovalNothingIsFound()
    {
        State().Write(_folder.Path);
        LocalState.Remove(_folder.Path);
        Assert.Null(LocalState.FindRunning(_folder.Path));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void ReusedProcessIdIsNotMistakenForTheRun()
    {
        (State() with { ProcessStarted = LocalState.StartOfThisProcess().AddHours(-1) }).Write(_folder.Path);
        Assert.Null(LocalState.FindRunning(_folder.Path));
    }

    [Fact]
    public void AProcessThatHasEndedIsNotFound()
    {
        (State() with { ProcessId = int.MaxValue }).Write(_folder.Path);
        Assert.Null(LocalState.FindRunning(_folder.Path));
    }

    [Fact]
    public void InvalidLocalStateIsReported()
    {
        _folder.File("local.json", "{ this is not it");
        Assert.Contains("was not written by", Assert.Throws<UserException>(() => LocalState.FindRunning(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private static LocalState State() => new()
    {
        ProcessId = Environment.ProcessId,
        ProcessStarted = LocalState.StartOfThisProcess(),
        Region = "eu-central-1",
        Endpoints = new Dictionary<string, Uri> { ["kinesis"] = new("http://127.0.0.1:4567") },
        Resources = new Dictionary<string, string> { ["EventStream"] = "analytics-events" },
        Functions = ["Archive"],
    };
}
