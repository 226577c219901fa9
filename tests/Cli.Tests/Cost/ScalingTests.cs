using Analytics.Cli.Cost;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Tests.Cost;

public sealed class ScalingTests
{
    private static readonly QuotaTable Quotas = QuotaTable.Load();

    [Fact]
    public void AFunctionNeedsAsManyEnvironmentsAsItIsBusyAndAtMostOnePerShardAndLane()
    {
        // 1,000 events a second on 2 shards: batches of 1,000 records, one a second, each of 300 ms.
        var function = Assert.Single(Of(ResourceNames.ArchiveFunction, Some.Run("Archive", 100, 30), Some.Run("Archive", 1_000, 300)).Functions);

        Assert.Equal((1, 1_000, 300, 0.3m, 2), (function.InvocationsPerSecond, function.Records, function.Milliseconds, function.Concurrent, function.MaxConcurrent));
    }

    [Fact]
    public void TheDemandClosestToItsLimitComesFirst()
    {
        var demands = Of(ResourceNames.ResultsFunction, Some.Run("Results", 100, 30), Some.Run("Results", 1_000, 300)).Demands;

        Assert.Equal(demands.OrderByDescending(demand => demand.Quantity / demand.Quota.Limit), demands);
        Assert.True(demands.Count > 5);
    }

    [Fact]
    public void AResultIsAWriteUnitPerKilobyteOfItsItem()
    {
        var results = Assert.Single(Of(ResourceNames.ResultsFunction, Some.Run("Results", 100, 30), Some.Run("Results", 1_000, 300)).Demands, demand => demand.Where == "DynamoDB, results");

        Assert.Equal((1_000, 40_000), (results.Quantity, results.Quota.Limit));
    }

    [Fact]
    public void AShardsLinksAreOnItsOwnKey()
    {
        var runs = new[] { Some.Run("Counters", 100, 30, "dynamodb:PutItem", units: 2), Some.Run("Counters", 1_000, 300, "dynamodb:PutItem", units: 6) };

        var links = Assert.Single(Of(ResourceNames.CountersFunction, runs).Demands, demand => demand.Where == "DynamoDB, counters: a shard's links");

        // One batch a second on two shards, of 6 units each.
        Assert.Equal((3, 1_000), (links.Quantity, links.Quota.Limit));
        Assert.Equal("fixed limit", links.Quota.Remedy);
    }

    [Fact]
    public void AlertsOfARuleAndDayShareAKey()
    {
        var alerts = Assert.Single(Of(ResourceNames.AlertsFunction, Some.Run("Alerts", 100, 30), Some.Run("Alerts", 1_000, 300)).Demands, demand => demand.Where.Contains("alerts of a day", StringComparison.Ordinal));

        // One event in 1,000 raises an alert.
        Assert.Equal(1, alerts.Quantity);
    }

    [Fact]
    public void AnOnDemandStreamHasNoShardQuota()
    {
        var design = Some.Design(ResourceNames.ArchiveFunction) with { IsOnDemand = true };
        var scaling = Scaling.Create(Some.Load, design, Some.Measured(Some.Run("Archive", 100, 30), Some.Run("Archive", 1_000, 300)), Quotas);

        Assert.DoesNotContain(scaling.Demands, demand => demand.Quota.Id == "kinesis.shards");
    }

    [Fact]
    public void EachQuotaNamesItsSourceAtAws()
    {
        Assert.NotEmpty(Quotas.Quotas);
        Assert.All(Quotas.Quotas, quota => Assert.StartsWith("https://docs.aws.amazon.com/", quota.Source, StringComparison.Ordinal));
    }

    private static Scaling Of(string function, params MeasuredRun[] runs) => Scaling.Create(Some.Load, Some.Design(function), Some.Measured(runs), Quotas);
}
