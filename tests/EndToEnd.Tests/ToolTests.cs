using System.Diagnostics;

namespace Analytics.EndToEnd.Tests;

/// <summary>The messages of <c>make check</c> and <c>make test</c> on missing tools, before they build anything.</summary>
public sealed class ToolTests : IDisposable
{
    private static readonly string[] Basics = ["bash", "cat", "dirname", "grep", "head", "sed", "sort", "tail", "env"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EverythingMissingIsReportedTogether()
    {
        var (exitCode, error) = await RunAsync("eng/tools.sh", isContinuousIntegration: false, Basics);

        Assert.Equal(1, exitCode);
        Assert.Contains("Missing: the .NET SDK 10", error, StringComparison.Ordinal);
        Assert.Contains("Missing: Node.js 20 or later", error, StringComparison.Ordinal);
        Assert.Contains("Missing: git.", error, StringComparison.Ordinal);
        Assert.Contains("Missing: cfn-lint", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eng/tools.sh", false, 0)]
    [InlineData("eng/tools.sh", true, 1)]
    [InlineData("eng/checks/run.sh", false, 0)]
    [InlineData("eng/checks/run.sh", true, 1)]
    public async Task MissingCfnLintIsReportedLocallyAndFailsInContinuousIntegration(string script, bool isContinuousIntegration, int expected)
    {
        var (exitCode, output) = await RunAsync(script, isContinuousIntegration, [.. Basics, "dotnet", "node", "npm", "git"]);

        Assert.True(exitCode == expected, output);
        Assert.Contains("cfn-lint", output, StringComparison.Ordinal);
    }

    /// <summary>Runs a script with only the given programs on its PATH.</summary>
    private async Task<(int ExitCode, string Output)> RunAsync(string script, bool isContinuousIntegration, IEnumerable<string> programs)
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(':');
        foreach (var program in programs)
        {
            var target = path.Select(folder => Path.Combine(folder, program)).First(File.Exists);
            File.CreateSymbolicLink(_folder.Combine(program), target);
        }

        var start = new ProcessStartInfo(_folder.Combine("bash"), [Path.Combine(Repository.Root, script)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = _folder.Path;
        start.Environment["CI"] = isContinuousIntegration ? "true" : "";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
