namespace Analytics.EndToEnd.Tests;

/// <summary>One run of sample events, shared by the tests that only read its output.</summary>
public sealed class SampleRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The number of events.</summary>
    public const int Events = 2_000;

    /// <summary>The folder that the command ran in; its results are in <c>out</c>.</summary>
    internal string Folder => _folder.Path;

    /// <summary>The run's output.</summary>
    internal RunOutput Output { get; private set; } = null!;

    /// <summary>The command's output.</summary>
    internal CommandResult Result { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Result = await AnalyticsCommand.RunAsync(
            Folder, ["run", "--json", "--out", "out", "--template", Repository.Template, "--events", $"{Events}", "--seed", "7"]);
        Assert.True(Result.ExitCode == 0, Result.ToString());
        Output = new RunOutput(_folder.Combine("out"));
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>The tests that share a <see cref="SampleRun"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SampleRunTests : ICollectionFixture<SampleRun>
{
    public const string Name = "sample run";
}
