using Analytics.Cli.Doctor;

namespace Analytics.Cli.Tests.Doctor;

/// <summary>The findings and the advice of <c>analytics doctor</c>.</summary>
public sealed class ChecksTests
{
    [Fact]
    public async Task CompleteMachineHasNoAdvice()
    {
        var findings = await new Checks(new FakeMachine()).RunAsync(CancellationToken.None);

        Assert.All(findings, finding => Assert.Equal((FindingState.Good, ""), (finding.State, finding.Advice)));
    }

    [Theory]
    [InlineData("dotnet", null, ".NET SDK", "Missing", "dotnet.microsoft.com")]
    [InlineData("dotnet", "9.0.100", ".NET SDK", "Missing", "dotnet.microsoft.com")]
    [InlineData("node", "v18.2.0", "Node.js", "Missing", "Node.js 20")]
    [InlineData("npm", null, "npm", "Missing", "which includes npm")]
    [InlineData("clang", null, "clang", "Optional", "apt-get install clang")]
    public async Task MissingOrOutdatedToolHasAdvice(string program, string? answer, string name, string state, string advice)
    {
        var machine = new FakeMachine();
        machine.Answers[program] = answer;

        var finding = Assert.Single(await new Checks(machine).RunAsync(CancellationToken.None), one => one.Name == name);

        Assert.Equal(state, finding.State.ToString());
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BareMachineListsEveryMissingTool()
    {
        var machine = new FakeMachine { FreeBytes = 1_000, CanListen = false, HasPackages = false, Credentials = null, Region = null };
        foreach (var program in machine.Answers.Keys)
        {
            machine.Answers[program] = null;
        }

        var findings = await new Checks(machine).RunAsync(CancellationToken.None);

        Assert.All(findings, finding => Assert.NotEqual("", finding.Advice));
        Assert.Equal(
            [".NET SDK", "Disk", "Node.js", "Ports", "npm"],
            findings.Where(finding => finding.State == FindingState.Missing).Select(finding => finding.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("v20.11.1\n", "20.11.1")]
    [InlineData("Debian clang version 14.0.6", "14.0.6")]
    [InlineData("10.0.401", "10.0.401")]
    [InlineData("none", null)]
    public void AVersionIsTheFirstNumberWithDots(string text, string? version) => Assert.Equal(version, Checks.VersionIn(text));

    private sealed class FakeMachine : IMachine
    {
        public Dictionary<string, string?> Answers { get; } = new()
        {
            ["dotnet"] = "10.0.401",
            ["node"] = "v20.11.1",
            ["npm"] = "10.2.4",
            ["make"] = "GNU Make 4.3",
            ["clang"] = "clang version 14.0.6",
            ["cc"] = "",
        };

        public long FreeBytes { get; init; } = 100_000_000_000;

        public bool CanListen { get; init; } = true;

        public bool HasPackages { get; init; } = true;

        public string? Credentials { get; init; } = "AWS_PROFILE";

        public string? Region { get; init; } = "eu-west-1";

        public bool HasNodePackages(string folder) => HasPackages;

        public Task<string?> RunAsync(string program, string[] arguments, string input, CancellationToken cancellationToken) => Task.FromResult(Answers[program]);
    }
}
