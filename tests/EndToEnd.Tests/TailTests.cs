using System.Diagnostics;
using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary><c>analytics tail</c>, <c>dashboard</c>, <c>doctor</c> and <c>completion</c> as users run them.</summary>
public sealed class TailTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryRecordIsPrintedOnceAndACounterChoosesItsEvents()
    {
        using var up = AnalyticsCommand.Start(_folder.Path, ["up", "--template", PipelineTemplate.Shipped, "--parameter", "ShardCount=3"], readyLine: "Stop with Ctrl-C.");
        await up.ReadyAsync();
        using var following = AnalyticsCommand.Start(_folder.Path, ["tail", "--json", "--counter", "orders"], readyLine: "{");
        var events = Enumerable.Range(0, 40).Select(i => $$"""{"event_type":"{{(i % 4 == 0 ? "purchase" : "click")}}","user_id":"user_{{i}}","amount":{{i}}}""").Append("not json\u001b[2J");
        var file = _folder.File("events.ndjson", string.Concat(events.Select(line => line + "\n")));
        var produced = await AnalyticsCommand.RunAsync(_folder.Path, ["produce", "--from", file]);
        Assert.True(produced.ExitCode == 0, produced.ToString());

        var all = await AnalyticsCommand.RunAsync(_folder.Path, ["tail", "--all", "--limit", "41", "--json"]);
        Assert.True(all.ExitCode == 0, all.ToString());
        var lines = all.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(41, lines.Select(line => line.GetProperty("sequence_number").GetString()).Distinct().Count());
        Assert.Equal("not_json", Assert.Single(lines, line => line.TryGetProperty("malformed", out _)).GetProperty("malformed").GetString());
        Assert.Equal(40, lines.Count(line => line.TryGetProperty("user_id", out _)));

        var orders = await AnalyticsCommand.RunAsync(_folder.Path, ["tail", "--all", "--limit", "10", "--counter", "orders"]);
        Assert.Equal(10, orders.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains("  purchase ", StringComparison.Ordinal)));

        var more = await AnalyticsCommand.RunAsync(_folder.Path, ["produce", "--from", file]);
        Assert.True(more.ExitCode == 0, more.ToString());
        await following.ReadyAsync();
        await following.InterruptAsync();
        var ended = await following.WaitAsync();
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.DoesNotContain("\"click\"", ended.Output, StringComparison.Ordinal);

        var page = await AnalyticsCommand.RunAsync(_folder.Path, ["dashboard"]);
        Assert.Matches(@"^http://127\.0\.0\.1:\d+/#[0-9a-f]{32}\n$", page.Output);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Combine(".analytics/local.json")));
        }

        await up.InterruptAsync();
        Assert.Equal(0, (await up.WaitAsync()).ExitCode);
    }

    [Theory]
    [InlineData("tail", "--counter", "nothing", "there is no counter nothing")]
    [InlineData("tail", "--pattern", "{", "--pattern is invalid")]
    [InlineData("dashboard", "--dashboard-port", "0", "--dashboard-port must be from 1 to 65535")]
    [InlineData("up", "--rate", "5001", "--rate must be from 0 to 5000")]
    public async Task AMistakeIsOneLine(string command, string option, string value, string message)
    {
        var result = await AnalyticsCommand.RunAsync(_folder.Path, [command, option, value]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(message, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DoctorFindsTheToolsOfTheTests()
    {
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["doctor", "--json"]);

        var states = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("check").GetString()!, line => line.GetProperty("state").GetString());
        Assert.Equal("ok", states[".NET SDK"]);
        Assert.Equal("ok", states["Node.js"]);
        Assert.Equal("ok", states["Ports"]);
    }

    [Theory]
    [InlineData("pro", "produce")]
    [InlineData("dash", "dashboard")]
    [InlineData("comp", "compact completion")]
    public async Task BashCompletesAVerb(string typed, string completed)
    {
        var script = (await AnalyticsCommand.RunAsync(_folder.Path, ["completion", "bash"])).Output;
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(Repository.Command)}:{start.Environment["PATH"]}";
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync(
            $"{script}\nCOMP_LINE='analytics {typed}' COMP_POINT={10 + typed.Length} COMP_WORDS=(analytics {typed}) COMP_CWORD=1\n_analytics\necho \"${{COMPREPLY[*]}}\"\n");
        bash.StandardInput.Close();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.Equal(completed, output.Trim());
    }
}
