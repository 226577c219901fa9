using Analytics.Cli.Cost;
using Analytics.Local.Template;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Cli.Tests.Cost;

public sealed class PipelineBillTests
{
    private const decimal Gigabyte = 1_073_741_824;
    private static readonly Measurements Shipped = Measurements.Load();

    private static Bill Compute(Load load, PipelineDesign design, params MeasuredRun[] runs) =>
        new PipelineBill(load, design, Some.Measured(runs.Length > 0 ? runs : [Some.Run("None", 1, 1), Some.Run("None", 2, 2)])).Compute(Some.Prices);

    [Fact]
    public void AProvisionedStreamCostsItsShardHoursPutsAndRetention()
    {
        var bill = Compute(Some.Load, Some.Design());

        Assert.Equal(2 * 730, bill.Quantity("kinesis.shardHour"));
        Assert.Equal(2_628_000_000, bill.Quantity("kinesis.putUnit"));
        Assert.Equal(2 * 730, bill.Quantity("kinesis.extendedRetention"));
        Assert.Equal((1_460 * 0.015m) + (2_628 * 0.014m) + (1_460 * 0.02m), bill.GetUsd("Kinesis"));
    }

    [Fact]
    public void ARecordOver25KilobytesTakesTwoPutUnits() =>
        Assert.Equal(2 * 2_628_000, Compute(new Load(1, (25 * 1024) + 1), Some.Design()).Quantity("kinesis.putUnit"));

    [Theory]
    [InlineData(24, 0, 0)]
    [InlineData(25, 1_460, 0)]
    [InlineData(168, 1_460, 0)]
    [InlineData(168 + 730, 1_460, 1)]
    public void RetentionOverADayAndOverAWeekCosts(int hours, int shardHours, int monthsOfData)
    {
        var bill = Compute(Some.Load, Some.Design() with { RetentionHours = hours });

        Assert.Equal(shardHours, bill.Quantity("kinesis.extendedRetention"));
        Assert.Equal(monthsOfData * Some.Load.GigabytesPerMonth, bill.Quantity("kinesis.longTermRetention"));
    }

    [Fact]
    public void AnOnDemandStreamCostsItsHoursAndDataInWholeKilobytes()
    {
        var bill = Compute(Some.Load, Some.Design("Archive", "Counters") with { IsOnDemand = true, RetentionHours = 24 });

        var gigabytes = 2_628_000_000m * 1024 / Gigabyte;
        Assert.Equal(730, bill.Quantity("kinesis.onDemandHour"));
        Assert.Equal(gigabytes, bill.Quantity("kinesis.onDemandIn"));
        Assert.Equal(2 * gigabytes, bill.Quantity("kinesis.onDemandOut"));
        Assert.Equal(0, bill.Quantity("kinesis.shardHour") + bill.Quantity("kinesis.onDemandRetention"));
    }

    [Fact]
    public void AReaderWithFanOutCostsEachShardsHoursAndItsData()
    {
        var design = Some.Design() with { Functions = [Some.Function("Archive") with { HasFanOut = true }] };

        var bill = Compute(Some.Load, design);

        Assert.Equal(2 * 730, bill.Quantity("kinesis.fanOutHour"));
        Assert.Equal(Some.Load.GigabytesPerMonth, bill.Quantity("kinesis.fanOutData"));
    }

    [Fact]
    public void AFunctionCostsItsBatchesAndTheirMeasuredTime()
    {
        // 2,628,000 batches of 1,000 records, 30.5 ms each, which Lambda bills as 31, at half a GB.
        var bill = Compute(Some.Load, Some.Design("Archive"), Some.Run("Archive", 500, 20.5m), Some.Run("Archive", 1_000, 30.5m));

        Assert.Equal(2_628_000, bill.Quantity("lambda.request"));
        Assert.Equal(2_628_000 * 0.031m / 2, bill.Quantity("lambda.x86_64"));
        Assert.Equal((2.628m * 0.2m) + decimal.Round(40_734 * 0.0000166667m, 6), bill.GetUsd("Lambda"));
    }

    [Fact]
    public void AnArmFunctionIsBilledAsOne()
    {
        var design = Some.Design() with { Functions = [Some.Function("Archive") with { IsArm = true }] };

        var bill = Compute(Some.Load, design, Some.Run("Archive", 500, 20), Some.Run("Archive", 1_000, 30));

        Assert.Equal(2_628_000 * 0.030m / 2, bill.Quantity("lambda.arm64"));
        Assert.Equal(0, bill.Quantity("lambda.x86_64"));
    }

    [Fact]
    public void TheArchiveCostsAPutABatchAndItsCompressedBytesInProportionToTheEvents()
    {
        // The runs' records had 200 bytes, 60 KB a batch in S3; these have 400.
        var bill = Compute(
            Some.Load, Some.Design("Archive"), Some.Run("Archive", 500, 20, kilobytes: 30), Some.Run("Archive", 1_000, 30, kilobytes: 60));

        Assert.Equal(2_628_000, bill.Quantity("s3.put"));
        Assert.Equal(2_628_000m * 120 * 1024 / Gigabyte, bill.Quantity("s3.storage"));
        Assert.Equal(0, bill.Quantity("s3.transition"));
    }

    [Fact]
    public void ObjectsOf128KilobytesAreMovedToAnotherTier()
    {
        var bill = Compute(
            Some.Load, Some.Design("Archive"), Some.Run("Archive", 500, 20, kilobytes: 32), Some.Run("Archive", 1_000, 30, kilobytes: 64));

        Assert.Equal(2_628_000, bill.Quantity("s3.transition"));
    }

    [Fact]
    public void CountersCostTheUnitsOfTheirLinks()
    {
        const string Put = "dynamodb:PutItem";
        var bill = Compute(
            Some.Load, Some.Design("Counters"), Some.Run("Counters", 500, 20, Put, 1, 5, 3), Some.Run("Counters", 1_000, 30, Put, 1, 8, 6));

        Assert.Equal(2_628_000 * 6, bill.Quantity("dynamodb.write"));
        Assert.Equal(2.628m * 6 * 0.625m, bill.GetUsd("DynamoDB"));
    }

    [Fact]
    public void AReadThatFindsNothingCostsAUnit()
    {
        const string Query = "dynamodb:Query";
        var bill = Compute(
            Some.Load, Some.Design("Counters"), Some.Run("Counters", 500, 20, Query, 2, 1, 0.5m), Some.Run("Counters", 1_000, 30, Query, 2, 1, 0.5m));

        Assert.Equal(2_628_000 * 2, bill.Quantity("dynamodb.read"));
    }

    [Fact]
    public void RollupCostsItsRunsByTheEventsBetweenThem()
    {
        // 60,000 events a minute: 59/99 of the way from one measured load to the other.
        var rollup = new ScheduledFunction("Rollup") { Memory = 512, RunsPerMonth = 43_800, IsTraced = true };

        var bill = Compute(Some.Load, Some.Design() with { ScheduledFunctions = [rollup] });

        Assert.Equal(43_800, bill.Quantity("lambda.request"));
        Assert.Equal(43_800 * 0.690m / 2, bill.Quantity("lambda.x86_64"));
        Assert.Equal(43_800 * 148, bill.Quantity("dynamodb.write"));
        Assert.Equal(43_800 * 79, bill.Quantity("dynamodb.read"));
        Assert.Equal(43_800, bill.Quantity("xray.trace"));
    }

    [Fact]
    public async Task CountingTenThousandEventsASecondCostsAtMost150DollarsOfDynamoDb()
    {
        var outline = await StackOutline.LoadAsync(
            Path.Combine(Repository.Root, "template.yaml"), new Dictionary<string, string> { ["ResultsEnabled"] = "false" });
        var design = PipelineDesign.From(outline);
        var load = new Load(10_000, 400);

        var bill = new PipelineBill(load, design with { Shards = StreamCapacity.ShardsFor(load, design.SharedReaders) }, Shipped).Compute(Some.Prices);

        Assert.InRange(bill.GetUsd("DynamoDB"), 1, 150);
    }

    [Theory]
    [InlineData(1_024 - ResultsBill.OverheadBytes, 1)]
    [InlineData(1_025 - ResultsBill.OverheadBytes, 2)]
    public void AResultCostsAWriteUnitAKilobyteOfItsItem(int eventBytes, int units)
    {
        var bill = Compute(new Load(1, eventBytes), Some.Design("Results"));

        Assert.Equal(2_628_000 * units, bill.Quantity("dynamodb.write"));
    }

    [Fact]
    public void ResultsAreStoredForTheirDays()
    {
        var bill = Compute(new Load(1, 400), Some.Design("Results") with { HasPointInTimeRecovery = true });

        var stored = 30m * 86_400 * (400 + ResultsBill.OverheadBytes + ResultsBill.StorageOverheadBytes) / Gigabyte;
        Assert.Equal(stored, bill.Quantity("dynamodb.storage"));
        Assert.Equal(stored, bill.Quantity("dynamodb.recovery"));
    }

    [Fact]
    public void AlertsCostAPublishEachAndTheUnitsOfTheirState()
    {
        const string Put = "dynamodb:PutItem";
        var bill = Compute(Some.Load, Some.Design("Alerts"), Some.Run("Alerts", 500, 20, Put, 1, 1, 2), Some.Run("Alerts", 1_000, 30, Put, 2, 1, 3));

        Assert.Equal(2_628_000, bill.Quantity("sns.publish"));
        Assert.Equal(3 * 2_628_000, bill.Quantity("dynamodb.write"));
        Assert.Equal(0, bill.Quantity("dynamodb.read"));
    }

    [Fact]
    public void ReplicaCostsAStreamAndCrossRegionTransfer()
    {
        var bill = Compute(Some.Load, Some.Design("Replicator"));

        Assert.Equal(4 * 730, bill.Quantity("kinesis.shardHour"));
        Assert.Equal(Some.Load.GigabytesPerMonth, bill.Quantity("transfer.region"));
    }

    [Fact]
    public void FirehoseRoundsEachRecordUpTo5Kilobytes() =>
        Assert.Equal(2_628_000_000m * 5 * 1024 / Gigabyte, Compute(Some.Load, Some.Design() with { DeliveryStreams = 1 }).Quantity("firehose.ingest"));

    [Fact]
    public void OperationsCostAlarmsMetricsAndTraces()
    {
        var design = Some.Design() with
        {
            Functions = [Some.Function("Archive") with { IsTraced = true }],
            AlarmMetrics = 23,
            CompositeAlarms = 1,
            Dashboards = 1,
            Keys = 1,
            ShardLevelMetrics = 5,
            Shards = 100,
        };

        // 100 batches a second, of which one and a twentieth of the others are traced.
        var bill = Compute(new Load(100_000, 400), design, Some.Run("Archive", 500, 20), Some.Run("Archive", 1_000, 30));

        Assert.Equal((23, 1, 1, 1), (bill.Quantity("cloudwatch.alarm"), bill.Quantity("cloudwatch.compositeAlarm"), bill.Quantity("cloudwatch.dashboard"), bill.Quantity("kms.key")));
        Assert.Equal(5 + 500, bill.Quantity("cloudwatch.metric"));
        Assert.Equal(2_628_000 * 5.95m, bill.Quantity("xray.trace"));
        Assert.Equal(262_800_000m * 1_000 / Gigabyte, bill.Quantity("cloudwatch.logs"));
    }

    [Fact]
    public void TheServicesMakeUpTheTotal() => Check.QuickThrowOnFailure(Prop.ForAll<PositiveInt, PositiveInt>((events, bytes) =>
    {
        var report = Report(events.Get, bytes.Get);
        return report.Bills.All(bill => bill.Total > 0 && report.Services.Sum(bill.GetUsd) == bill.Total && bill.Lines.Sum(line => line.Usd) == bill.Total);
    }));

    [Fact]
    public void MoreEventsNeverCostLess() => Check.QuickThrowOnFailure(Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>((events, more, bytes) =>
        Report(events.Get, bytes.Get).Bills.Zip(Report(events.Get + more.Get, bytes.Get).Bills).All(pair => pair.First.Total <= pair.Second.Total)));

    [Fact]
    public void LargerEventsNeverCostLess() => Check.QuickThrowOnFailure(Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>((events, bytes, more) =>
        Report(events.Get, bytes.Get).Bills.Zip(Report(events.Get, bytes.Get + more.Get).Bills).All(pair => pair.First.Total <= pair.Second.Total)));

    private static CostReport Report(int eventsPerMinute, int bytes)
    {
        var load = new Load(eventsPerMinute * 997 / 60m, bytes);
        var design = Some.Design("Archive", "Counters", "Alerts", "Results");
        return CostReport.Create(load, design with { Shards = StreamCapacity.ShardsFor(load, design.SharedReaders) }, Shipped, Some.Prices);
    }
}
