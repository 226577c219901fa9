using Analytics.Cli.Cost;
using Analytics.Cli.Run;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Tests.Cost;

public sealed class MeasurementsTests
{
    private static readonly Measurements TwoSizes = Some.Measured(Some.Run("Archive", 100, 30), Some.Run("Archive", 200, 40));

    [Theory]
    [InlineData(100, 30)]
    [InlineData(150, 35)]
    [InlineData(200, 40)]
    [InlineData(10, 21)]
    [InlineData(1_000, 120)]
    public void MeasurementsAreInterpolatedAndExtrapolatedLinearly(int records, int milliseconds) =>
        Assert.Equal(milliseconds, TwoSizes.At("Archive", records, figures => figures.Milliseconds));

    [Fact]
    public void ExtrapolatedTimeIsNotNegative()
    {
        var steep = Some.Measured(Some.Run("Archive", 100, 10), Some.Run("Archive", 200, 40));

        Assert.Equal(0, steep.At("Archive", 1, figures => figures.Milliseconds));
    }

    [Fact]
    public void AFunctionAbsentFromTheRunsCostsNothing()
    {
        Assert.False(TwoSizes.Has("Replicator"));
        Assert.Equal(0, TwoSizes.At("Replicator", 100, figures => figures.Milliseconds));
    }

    [Fact]
    public void RunsOfOneSizeAreRejected() =>
        Assert.Throws<UsageException>(() => Some.Measured(Some.Run("Archive", 100, 30), Some.Run("Archive", 100, 31)));

    [Fact]
    public void SharesAreOfAllRunsTogether()
    {
        Assert.Equal(200, TwoSizes.BytesPerRecord);
        Assert.Equal(0.001m, TwoSizes.AlertShare);
        Assert.Equal(5, TwoSizes.CustomMetrics);
    }

    [Fact]
    public void SummaryIsReadAsWritten()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "summary.json");
        File.WriteAllText(path, SummaryJson.Write(new RunSummary
        {
            Sent = 1_000,
            Archived = 1_000,
            Quarantined = 0,
            Lost = 0,
            Bytes = 234_000,
            Results = 1_000,
            Alerts = 3,
            Failures = 0,
            CounterValues = 1,
            CounterDifferences = 0,
            Metrics = 22,
            Duplicates = default,
            Differences = [],
            Functions = [new FunctionSummary("Archive", 10, 0, 900, new Dictionary<string, long> { ["s3:PutObject"] = 11 })
            {
                Duration = TimeSpan.FromMilliseconds(250.5),
                LogBytes = 4_000,
                SentKilobytes = new Dictionary<string, long> { ["s3:PutObject"] = 77 },
                CapacityUnits = new Dictionary<string, decimal> { ["dynamodb:Query"] = 2.5m },
            }],
        }));

        var run = Measurements.ReadSummary(path);

        Assert.Equal((1_000, 234_000, 3, 22, 900), (run.Sent, run.Bytes, run.Alerts, run.Metrics, run.Records));
        var archive = run.Functions["Archive"];
        Assert.Equal((90, 250.5m, 4_000), (archive.RecordsPerBatch, archive.Milliseconds, archive.LogBytes));
        Assert.Equal((11, 77), (archive.Calls("s3:PutObject"), archive.Kilobytes("s3:PutObject")));
        Assert.Equal(2.5m, archive.CapacityUnits("dynamodb:Query"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void InvalidSummaryIsRejected(string content)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "other.json");
        File.WriteAllText(path, content);

        var refusal = Assert.Throws<UserException>(() => Measurements.ReadSummary(path));

        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Archive")]
    [InlineData("Counters")]
    [InlineData("Alerts")]
    [InlineData("Results")]
    [InlineData("Replicator")]
    public void TheShippedOnesHaveEveryFunctionOfTheTemplate(string function)
    {
        var shipped = Measurements.Load();

        Assert.True(shipped.Has(function));
        Assert.InRange(shipped.At(function, 1_000, figures => figures.Milliseconds), 1, 10_000);
    }

    [Fact]
    public void TheShippedOnesHaveRollup()
    {
        var shipped = Measurements.Load();

        Assert.True(shipped.Has("Rollup"));
        Assert.InRange(shipped.AtRollup(60_000, run => run.WriteUnits), 1, 10_000);
        Assert.InRange(shipped.AtRollup(60_000, run => run.Milliseconds), 1, 60_000);
    }
}
