using System.Text.Json;
using Analytics.Cli.Run;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Tests.Cost;

public sealed class CostCommandTests
{
    [Fact]
    public async Task TheServicesOfEachDesignMakeUpItsTotal()
    {
        var (code, output, _) = await RunAsync("--events", "1000/s", "--json");

        using var json = JsonDocument.Parse(output);
        Assert.Equal(ExitCode.Success, code);
        Assert.Equal("us-east-1", json.RootElement.GetProperty("prices").GetProperty("region").GetString());
        var bills = json.RootElement.GetProperty("bills").EnumerateArray().ToList();
        Assert.Equal(["This design", "A", "B", "C"], bills.Select(bill => bill.GetProperty("design").GetString()));
        Assert.All(bills, bill =>
        {
            var total = bill.GetProperty("total").GetDecimal();
            Assert.Equal(total, bill.GetProperty("services").EnumerateObject().Sum(service => service.Value.GetDecimal()));
            Assert.Equal(total, bill.GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("usd").GetDecimal()));
        });
    }

    [Fact]
    public async Task StreamHasTheGivenOrTheRequiredNumberOfShards()
    {
        Assert.Contains("The stream has 13 shards.", (await RunAsync("--events", "10000/s")).Output, StringComparison.Ordinal);
        Assert.Contains("The stream has 20 shards.", (await RunAsync("--events", "10000/s", "--parameter", "ShardCount=20")).Output, StringComparison.Ordinal);
        Assert.Contains("The stream is on-demand.", (await RunAsync("--events", "10000/s", "--parameter", "StreamMode=ON_DEMAND")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnRunsAreUsed()
    {
        using var folder = new TemporaryFolder();
        var files = new List<string>();
        foreach (var records in (long[])[100, 1_000])
        {
            files.Add(Path.Combine(folder.Path, $"{records}.json"));
            await File.WriteAllTextAsync(files[^1], SummaryJson.Write(Summary(records)));
        }

        var (_, output, _) = await RunAsync("--events", "1000/s", "--parameter", "ResultsEnabled=false", "--parameter", "BatchSize=1000", "--json", "--measured", files[0], "--measured", files[1]);

        using var json = JsonDocument.Parse(output);
        var archive = json.RootElement.GetProperty("functions").GetProperty("Archive");
        Assert.Equal(1_000, archive.GetProperty("milliseconds").GetInt32());
        Assert.Equal(2_628_000 * 0.5m, archive.GetProperty("gigabyteSeconds").GetDecimal());
        Assert.Contains("the duration of Counters, which no measured run includes", json.RootElement.GetProperty("notCounted").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task DetailsHaveTheBatchesOfEachFunctionAndTheLinesOfEachBill()
    {
        var (_, output, _) = await RunAsync("--events", "1/s", "--details");

        Assert.Matches(@"\nArchive +6 +438,000 ", output);
        Assert.Matches(@"\nKinesis +Shards +730  shard-hours +0\.015 +1 +10\.95\n", output);
        Assert.Equal(4, output.Split("  Shards  ").Length - 1);
    }

    [Theory]
    [InlineData(ExitCode.Usage, "--events 'many' is not a rate", "--events", "many")]
    [InlineData(ExitCode.Failure, "ShardCount=2 is too few: this load needs at least 3 shards", "--events", "3000/s", "--parameter", "ShardCount=2")]
    [InlineData(ExitCode.Failure, "no parameter is named Shards", "--events", "1/s", "--parameter", "Shards=2")]
    [InlineData(ExitCode.Failure, "--template missing.yaml: there is no file ", "--events", "1/s", "--template", "missing.yaml")]
    [InlineData(ExitCode.Failure, "--measured", "--events", "1/s", "--measured", "missing.json")]
    [InlineData(ExitCode.Usage, "--size must be from 1 to 1,048,576", "--events", "1/s", "--size", "0")]
    [InlineData(ExitCode.Usage, "--events", "--size", "400")]
    public async Task AMistakeIsOneLine(int expected, string message, params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(message, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static RunSummary Summary(long records) => new()
    {
        Sent = records,
        Archived = records,
        Quarantined = 0,
        Lost = 0,
        Bytes = records * 200,
        Results = 0,
        Alerts = 0,
        Failures = 0,
        CounterValues = 0,
        CounterDifferences = 0,
        Duplicates = default,
        Differences = [],
        Functions = [new FunctionSummary("Archive", 1, 0, records, new Dictionary<string, long>()) { Duration = TimeSpan.FromMilliseconds(records) }],
    };

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(output, error, isOutputInteractive: false, isErrorInteractive: false);
        var code = await CommandLine.RunAsync(["cost", .. args], new CommandContext(terminal, new ImmediateTime(TestContext.Now), Repository.Root));
        return (code, output.ToString(), error.ToString());
    }
}
