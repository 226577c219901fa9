using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Cost;

/// <summary>The demand of a load on the resources of an account, compared with their quotas.</summary>
internal sealed record Scaling
{
    /// <summary>Memory at which Lambda gives a function one full vCPU (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).</summary>
    private const decimal MegabytesPerCore = 1_769;

    private const int WriteUnitBytes = 1024;

    /// <summary>The functions.</summary>
    public required IReadOnlyList<FunctionDemand> Functions { get; init; }

    /// <summary>The demands, the one closest to its limit first.</summary>
    public required IReadOnlyList<Demand> Demands { get; init; }

    /// <summary>GB of logs per month.</summary>
    public required decimal LogGigabytes { get; init; }

    /// <summary>Number of custom metrics; they do not depend on the load.</summary>
    public required decimal Metrics { get; init; }

    /// <summary>Computes the demand.</summary>
    public static Scaling Create(Load load, PipelineDesign design, Measurements measured, QuotaTable quotas)
    {
        var bill = new PipelineBill(load, design, measured);
        var functions = design.Functions.Select(function =>
        {
            var perSecond = bill.GetBatches(function).PerMonth / Load.SecondsPerMonth;
            return new FunctionDemand(
                function.Name, perSecond, bill.GetBatches(function).Records, bill.GetMilliseconds(function), perSecond * bill.GetMilliseconds(function) / 1000, design.Shards * function.Lanes);
        }).ToArray();
        return new Scaling
        {
            Functions = functions,
            Demands = [.. GetDemands(load, design, measured, quotas, bill, functions).OrderByDescending(demand => demand.Use)],
            LogGigabytes = design.Functions.Sum(function => bill.GetBatches(function).PerMonth * measured.At(function.Name, bill.GetBatches(function).Records, figures => figures.LogBytes)) / Load.Gigabyte,
            Metrics = measured.CustomMetrics + (design.ShardLevelMetrics * design.Shards),
        };
    }

    private static IEnumerable<Demand> GetDemands(
        Load load, PipelineDesign design, Measurements measured, QuotaTable quotas, PipelineBill bill, IReadOnlyList<FunctionDemand> functions)
    {
        decimal PerSecond(string function, Func<MeasuredFunction, decimal> figure) =>
            functions.FirstOrDefault(one => one.Name == function) is { Name: not null } demand ? demand.InvocationsPerSecond * measured.At(function, demand.Records, figure) : 0;

        var counters = PerSecond(ResourceNames.CountersFunction, figures => figures.CapacityUnits("dynamodb:PutItem"));
        var alerts = PerSecond(ResourceNames.AlertsFunction, figures => figures.CapacityUnits("dynamodb:PutItem") + figures.CapacityUnits("dynamodb:BatchWriteItem"));
        var messages = functions.Any(function => function.Name == ResourceNames.AlertsFunction) ? load.EventsPerSecond * measured.AlertShare : 0;
        if (!design.IsOnDemand)
        {
            yield return new Demand("Kinesis", quotas["kinesis.shards"], design.Shards);
        }

        yield return new Demand("Kinesis", quotas["kinesis.reads"], design.SharedReaders);
        yield return new Demand("Lambda, all shards at once", quotas["lambda.concurrency"], functions.Sum(function => function.MaxConcurrent) + design.ScheduledFunctions.Count);
        yield return new Demand("S3, the archive's present hour", quotas["s3.prefixPuts"], PerSecond(ResourceNames.ArchiveFunction, figures => figures.Calls("s3:PutObject")));
        yield return new Demand("SNS, alerts", quotas["sns.publish"], messages);
        yield return new Demand("DynamoDB, counters: a rule's alerts of a day", quotas["dynamodb.keyWrites"], messages);
        yield return new Demand("DynamoDB, counters: a shard's links", quotas["dynamodb.keyWrites"], counters / design.Shards);
        if (functions.Any(function => function.Name == ResourceNames.ResultsFunction))
        {
            yield return new Demand(
                "DynamoDB, results", quotas["dynamodb.tableWrites"], load.EventsPerSecond * Load.CountUnits(load.EventBytes + ResultsBill.OverheadBytes, WriteUnitBytes));
        }

        var rollupUnits = 0m;
        foreach (var function in design.ScheduledFunctions)
        {
            var eventsPerRun = load.EventsPerMonth / function.RunsPerMonth;
            var seconds = bill.GetMilliseconds(function) / 1000;
            rollupUnits = measured.AtRollup(eventsPerRun, run => run.WriteUnits) * function.RunsPerMonth / Load.SecondsPerMonth;
            yield return new Demand(
                "DynamoDB, counters: the roll-up's busiest", quotas["dynamodb.keyWrites"], measured.AtRollup(eventsPerRun, run => run.BusiestKeyUnits) / Math.Max(1, seconds));
            yield return new Demand($"{function.Name} with {function.Memory} MB, if all is CPU time", quotas["rollup.run"], seconds * Math.Max(1, MegabytesPerCore / function.Memory));
        }

        yield return new Demand("DynamoDB, counters", quotas["dynamodb.tableWrites"], counters + alerts + rollupUnits);
    }
}

/// <summary>The demand of a function that reads the stream.</summary>
/// <param name="Name">Its logical ID.</param>
/// <param name="InvocationsPerSecond">Invocations per second.</param>
/// <param name="Records">Records per batch.</param>
/// <param name="Milliseconds">Duration of a batch.</param>
/// <param name="Concurrent">Average number of concurrent executions.</param>
/// <param name="MaxConcurrent">Maximum number of concurrent executions: one per shard and lane, for example while catching up.</param>
internal readonly record struct FunctionDemand(string Name, decimal InvocationsPerSecond, decimal Records, decimal Milliseconds, decimal Concurrent, decimal MaxConcurrent);

/// <summary>A demand on a limited resource.</summary>
/// <param name="Where">The resource.</param>
/// <param name="Quota">The quota.</param>
/// <param name="Quantity">The demand, in the quota's unit.</param>
internal readonly record struct Demand(string Where, Quota Quota, decimal Quantity)
{
    /// <summary>The used share of the limit.</summary>
    public decimal Use => Quantity / Quota.Limit;
}
