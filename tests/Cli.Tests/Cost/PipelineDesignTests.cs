using Analytics.Cli.Cost;
using Analytics.Cli.Shared.Commands;
using Analytics.Local.Template;

namespace Analytics.Cli.Tests.Cost;

public sealed class PipelineDesignTests
{
    [Fact]
    public async Task DesignDescribesTheTemplate()
    {
        var design = await ReadAsync();

        Assert.Equal(["Alerts", "Archive", "Counters", "Results"], design.Functions.Select(function => function.Name).Order());
        Assert.All(design.Functions, function => Assert.Equal(
            new StreamFunction(function.Name) { Memory = 512, BatchSize = 5_000, WindowSeconds = function.Name == "Counters" ? 1 : 5, IsTraced = true }, function));
        Assert.Equal((2, 168, 0, 30, 0), (design.Shards, design.RetentionHours, design.ShardLevelMetrics, design.ResultsRetentionDays, design.DeliveryStreams));
        Assert.Equal((false, true, 4), (design.IsOnDemand, design.HasPointInTimeRecovery, design.SharedReaders));
        Assert.True(design is { AlarmMetrics: > 30, CompositeAlarms: 1, Dashboards: 1 });
        Assert.Equal(
            new ScheduledFunction("Rollup") { Memory = 512, IsTraced = true, RunsPerMonth = 730 * 60 }, Assert.Single(design.ScheduledFunctions));
        Assert.DoesNotContain(design.NotCounted, one => one.Contains("VPC", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ParametersChangeIt()
    {
        var design = await ReadAsync(
            ("StreamMode", "ON_DEMAND"), ("RetentionHours", "24"), ("ResultsEnabled", "false"), ("Architecture", "arm64"), ("Tracing", "PassThrough"),
            ("BatchSize", "100"), ("CountersFanOut", "true"), ("ReplicaRegion", "eu-west-1"), ("ParquetDelivery", "true"), ("ShardLevelMetrics", "true"));

        Assert.Equal(["Alerts", "Archive", "Counters", "Replicator"], design.Functions.Select(function => function.Name).Order());
        Assert.All(design.Functions, function => Assert.Equal((true, false, 100), (function.IsArm, function.IsTraced, function.BatchSize)));
        Assert.Equal("Counters", Assert.Single(design.Functions, function => function.HasFanOut).Name);
        Assert.Equal((true, 24, 1, 5, 4), (design.IsOnDemand, design.RetentionHours, design.DeliveryStreams, design.ShardLevelMetrics, design.SharedReaders));
    }

    [Fact]
    public async Task CountersHasASeparateBatchingWindow()
    {
        var design = await ReadAsync(("MaximumBatchingWindow", "7"), ("CountersBatchingWindow", "3"));

        Assert.All(design.Functions, function => Assert.Equal(function.Name == "Counters" ? 3 : 7, function.WindowSeconds));
    }

    [Fact]
    public async Task AReplicaInTheSameRegionIsNotTheStream()
    {
        var design = await ReadAsync(("ReplicaRegion", "us-east-1"), ("ShardCount", "7"), ("ShardLevelMetrics", "true"));

        Assert.Equal((7, 5), (design.Shards, design.ShardLevelMetrics));
    }

    [Fact]
    public async Task UncountedEventsAreReported()
    {
        var design = await ReadAsync(("VpcId", "vpc-0123"), ("SubnetIds", "subnet-1"), ("RouteTableIds", "rtb-1"));

        Assert.Contains(design.NotCounted, one => one.EndsWith("VPC endpoints", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ATemplateWithoutAStreamIsRejected()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "template.yaml");
        await File.WriteAllTextAsync(path, "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n");

        var outline = await StackOutline.LoadAsync(path, new Dictionary<string, string>());

        Assert.Throws<UserException>(() => PipelineDesign.From(outline));
    }

    private static async Task<PipelineDesign> ReadAsync(params (string Name, string Value)[] parameters) => PipelineDesign.From(
        await StackOutline.LoadAsync(Path.Combine(Repository.Root, "template.yaml"), parameters.ToDictionary(one => one.Name, one => one.Value)));
}
