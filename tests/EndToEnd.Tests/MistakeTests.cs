using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Analytics.EndToEnd.Tests;

/// <summary>User errors: one line each, and an exit code.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, "--evnts", "run", "--evnts", "5")]
    [InlineData(2, "analytics run --help", "run", "--events", "many")]
    [InlineData(2, "--events must be at least 0", "run", "--events", "-1")]
    [InlineData(2, "--rate must be at least 1", "produce", "--rate", "0")]
    [InlineData(2, "--fault-invocations must be at least 1", "up", "--faults", "kill=1", "--fault-invocations", "0")]
    [InlineData(2, "--fault-invocations requires --faults", "up", "--fault-invocations", "5")]
    [InlineData(2, "there is no fault 'explode'", "up", "--faults", "explode=1")]
    [InlineData(2, "NAME=VALUE", "run", "--parameter", "ShardCount")]
    [InlineData(2, "--events does not apply", "run", "--from", "x", "--events", "5")]
    [InlineData(2, "'soon' is not a time", "run", "--time", "soon")]
    [InlineData(2, "has no command 'fly'", "fly")]
    [InlineData(1, "nowhere.ndjson does not exist", "run", "--from", "nowhere.ndjson")]
    [InlineData(1, "nowhere.yaml", "run", "--template", "nowhere.yaml")]
    [InlineData(1, "no pipeline is running on this machine", "produce")]
    [InlineData(1, "nowhere.json cannot be read", "invoke", "Archive", "nowhere.json")]
    public async Task UserErrorIsReportedInOneLine(int exitCode, string says, params string[] arguments)
    {
        var result = await AnalyticsCommand.RunAsync(_folder.Path, arguments);
        AssertOneLine(result, exitCode, says);
    }

    [Fact]
    public async Task AnEventThatIsNotJsonIsNotSent()
    {
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["invoke", "Archive", "-"], input: "{\n  oops");
        AssertOneLine(result, 1, "standard input is not JSON: line 2");
    }

    [Fact]
    public async Task UnknownFunctionIsReportedWithTheExistingOnes()
    {
        var result = await AnalyticsCommand.RunAsync(
            _folder.Path, ["invoke", "Nobody", Path.Combine(Repository.Root, "events/retail.json"), "--template", Repository.Template]);
        AssertOneLine(result, 1, "Its functions are Archive, Counters, Rollup, Anomalies, Alerts, Results.");
        Assert.Contains("Nobody", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Starting", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplicaInAnotherRegionIsRejected()
    {
        var result = await AnalyticsCommand.RunAsync(
            _folder.Path, ["run", "--events", "1", "--parameter", "ReplicaRegion=eu-west-1", "--template", Repository.Template]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Use --parameter ReplicaRegion=us-east-1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortInUseIsReported()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["up", "--port", port, "--template", Repository.Template]);
        AssertOneLine(result, 1, port);
    }

    [Fact]
    public async Task UnreachableServiceIsReported()
    {
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
        };
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["produce", "--stream", "clicks", "--events", "1"], environment);
        AssertOneLine(result, 1, "a service does not respond: Connection refused (127.0.0.1:1).");
    }

    [Fact]
    public async Task MissingNodeIsReportedWithAnInstallationHint()
    {
        // The template beside emulators that are not installed, and an empty PATH.
        File.Copy(Repository.Template, _folder.Combine("template.yaml"));
        Directory.CreateDirectory(_folder.Combine("node/emulators"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "node/emulators")))
        {
            File.Copy(file, _folder.Combine($"node/emulators/{Path.GetFileName(file)}"));
        }

        Directory.CreateDirectory(_folder.Combine("empty"));
        var environment = new Dictionary<string, string?>
        {
            ["PATH"] = _folder.Combine("empty"),
            ["DOTNET_ROOT"] = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory()),
        };
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["run", "--events", "1"], environment);
        AssertOneLine(result, 1, "npm");
        Assert.Contains("nodejs.org", result.Error, StringComparison.Ordinal);
    }

    private static void AssertOneLine(CommandResult result, int exitCode, string says)
    {
        Assert.True(result.ExitCode == exitCode, result.ToString());
        Assert.Empty(result.Output);
        Assert.Contains(says, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
