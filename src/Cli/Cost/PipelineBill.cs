using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Cost;

/// <summary>The cost of this pipeline: the resources of its template, and the measured work of its functions.</summary>
/// <param name="load">The load.</param>
/// <param name="design">The properties of the template that determine cost.</param>
/// <param name="measured">Measurements of batches.</param>
internal sealed class PipelineBill(Load load, PipelineDesign design, Measurements measured)
{
    /// <summary>The bill's name.</summary>
    public const string Name = "This design";

    /// <summary>Minimum size of the objects that S3 transitions to another storage class (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html).</summary>
    private const int MinMovedKilobytes = 128;

    private const int FirehoseStepBytes = 5 * 1024;

    /// <summary>X-Ray's default sampling: the first request in each second, and this share of the others.</summary>
    private const decimal TracedShare = 0.05m;

    /// <summary>Kinesis and similar services request a data key from KMS about every five minutes (https://docs.aws.amazon.com/streams/latest/dev/costs-performance.html).</summary>
    private const int KeyRequestsPerHour = 12;

    /// <summary>Key users other than functions: the producers, two tables, the bucket, the topic and the queue.</summary>
    private const int KeyUsersBesideFunctions = 6;

    /// <summary>Returns the batches of a function.</summary>
    public Batches GetBatches(StreamFunction function) =>
        Batches.Estimate(load, design.Shards, function.BatchSize, function.WindowSeconds, function.Lanes);

    /// <summary>Returns the milliseconds that Lambda bills for a batch of a function at the measured speed.</summary>
    public decimal GetMilliseconds(StreamFunction function) =>
        Math.Ceiling(measured.At(function.Name, GetBatches(function).Records, figures => figures.Milliseconds));

    /// <summary>Returns the GB-seconds of a function per month.</summary>
    public decimal GetGigabyteSeconds(StreamFunction function) =>
        GetBatches(function).PerMonth * GetMilliseconds(function) / 1000 * function.Memory / 1024;

    /// <summary>Milliseconds that Lambda bills for a run of a scheduled function that the bill counts.</summary>
    public decimal GetMilliseconds(ScheduledFunction function) => Math.Ceiling(AtRollup(function, run => run.Milliseconds));

    /// <summary>GB-seconds of a scheduled function a month.</summary>
    public decimal GetGigabyteSeconds(ScheduledFunction function) =>
        function.RunsPerMonth * GetMilliseconds(function) / 1000 * function.Memory / 1024;

    private string Does =>
        $"{string.Join(", ", design.Functions.Select(function => function.Name).Concat(design.ScheduledFunctions.Select(function => function.Name)))}; few objects and items per batch, metrics through logs";

    /// <summary>Computes the bill.</summary>
    public Bill Compute(PriceTable prices)
    {
        var bill = new Bill(Name, Does, prices);
        AddStream(bill);
        foreach (var function in design.Functions)
        {
            bill.Add("lambda.request", GetBatches(function).PerMonth);
            bill.Add(function.IsArm ? "lambda.arm64" : "lambda.x86_64", GetGigabyteSeconds(function));
        }

        foreach (var function in design.Functions)
        {
            AddWrites(bill, function);
        }

        foreach (var function in design.ScheduledFunctions)
        {
            AddScheduled(bill, function);
        }

        AddDelivery(bill);
        AddOperations(bill);
        return bill;
    }

    private void AddStream(Bill bill)
    {
        if (design.IsOnDemand)
        {
            StreamBill.AddOnDemand(bill, load, design.RetentionHours, design.SharedReaders);
        }
        else
        {
            StreamBill.AddProvisioned(bill, load, design.Shards, design.RetentionHours);
        }

        StreamBill.AddFanOut(bill, load, design.Shards, design.IsOnDemand, design.Functions.Count(function => function.HasFanOut));
    }

    private void AddWrites(Bill bill, StreamFunction function)
    {
        switch (function.Name)
        {
            case ResourceNames.ArchiveFunction:
                AddArchive(bill, function);
                break;
            case ResourceNames.CountersFunction:
                bill.Add("dynamodb.write", PerMonth(function, figures => figures.CapacityUnits("dynamodb:PutItem")));
                bill.Add("dynamodb.read", PerMonth(function, figures => figures.CapacityUnits("dynamodb:Query") + figures.CapacityUnits("dynamodb:GetItem")));
                break;
            case ResourceNames.AlertsFunction:
                bill.Add("dynamodb.write", PerMonth(function, figures => figures.CapacityUnits("dynamodb:PutItem") + figures.CapacityUnits("dynamodb:BatchWriteItem")));
                bill.Add("dynamodb.read", PerMonth(function, figures => figures.CapacityUnits("dynamodb:BatchGetItem") + figures.CapacityUnits("dynamodb:Query")));
                bill.Add("sns.publish", load.EventsPerMonth * measured.AlertShare);
                break;
            case ResourceNames.ResultsFunction:
                ResultsBill.Add(bill, load, design.ResultsRetentionDays, design.HasPointInTimeRecovery);
                break;
            case ResourceNames.ReplicatorFunction:
                // The replica is a second stream. Copies with the same key share records, so this is the maximum number of puts.
                StreamBill.AddProvisioned(bill, load, design.Shards, design.RetentionHours);
                bill.Add("transfer.region", load.GigabytesPerMonth);
                break;
            default:
                break;
        }
    }

    private void AddScheduled(Bill bill, ScheduledFunction function)
    {
        bill.Add("lambda.request", function.RunsPerMonth);
        bill.Add(function.IsArm ? "lambda.arm64" : "lambda.x86_64", GetGigabyteSeconds(function));
        bill.Add("dynamodb.write", function.RunsPerMonth * AtRollup(function, run => run.WriteUnits));
        bill.Add("dynamodb.read", function.RunsPerMonth * AtRollup(function, run => run.ReadUnits));
        bill.Add("cloudwatch.logs", function.RunsPerMonth * measured.At(function.Name, 0, figures => figures.LogBytes) / Load.Gigabyte);
        bill.Add("xray.trace", function.IsTraced ? function.RunsPerMonth : 0);
    }

    private decimal AtRollup(ScheduledFunction function, Func<MeasuredRollup, decimal> figure) =>
        measured.AtRollup(load.EventsPerMonth / function.RunsPerMonth, figure);

    private void AddArchive(Bill bill, StreamFunction function)
    {
        var objects = PerMonth(function, figures => figures.Calls("s3:PutObject"));
        var kilobytes = PerMonth(function, figures => figures.Kilobytes("s3:PutObject")) * load.EventBytes / measured.BytesPerRecord;
        bill.Add("s3.put", objects);
        bill.Add("s3.storage", kilobytes * 1024 / Load.Gigabyte);
        bill.Add("s3.transition", objects > 0 && kilobytes / objects >= MinMovedKilobytes ? objects : 0);
    }

    private void AddDelivery(Bill bill)
    {
        var gigabytes = load.GigabytesInSteps(FirehoseStepBytes) * design.DeliveryStreams;
        bill.Add("firehose.ingest", gigabytes);
        bill.Add("firehose.convert", gigabytes);
    }

    private void AddOperations(Bill bill)
    {
        bill.Add("cloudwatch.logs", design.Functions.Sum(function => PerMonth(function, figures => figures.LogBytes)) / Load.Gigabyte);
        bill.Add("cloudwatch.metric", measured.CustomMetrics + (design.ShardLevelMetrics * design.Shards));
        bill.Add("cloudwatch.alarm", design.AlarmMetrics);
        bill.Add("cloudwatch.compositeAlarm", design.CompositeAlarms);
        bill.Add("cloudwatch.dashboard", design.Dashboards);
        bill.Add("xray.trace", design.Functions.Where(function => function.IsTraced).Sum(GetTraces));
        bill.Add("kms.key", design.Keys);
        bill.Add("kms.request", (decimal)(design.Functions.Count + design.ScheduledFunctions.Count + KeyUsersBesideFunctions) * KeyRequestsPerHour * Load.HoursPerMonth);
    }

    private decimal GetTraces(StreamFunction function)
    {
        var invocations = GetBatches(function).PerMonth;
        var first = Math.Min(invocations, Load.SecondsPerMonth);
        return first + ((invocations - first) * TracedShare);
    }

    private decimal PerMonth(StreamFunction function, Func<MeasuredFunction, decimal> figure)
    {
        var batches = GetBatches(function);
        return batches.PerMonth * measured.At(function.Name, batches.Records, figure);
    }
}
