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

    /// <summary>Maximum number of keys per KB of a BatchGetItem request.</summary>
    private const int KeysPerKilobyte = 8;

    /// <summary>Minimum size of the objects that S3 transitions to another storage class (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html).</summary>
    private const int LeastMovedKilobytes = 128;

    private const int FirehoseStepBytes = 5 * 1024;

    /// <summary>X-Ray's default sampling: the first request in each second, and this share of the others.</summary>
    private const decimal TracedShare = 0.05m;

    /// <summary>Kinesis and similar services request a data key from KMS about every five minutes (https://docs.aws.amazon.com/streams/latest/dev/costs-performance.html).</summary>
    private const int KeyRequestsPerHour = 12;

    /// <summary>Key users other than functions: the producers, two tables, the bucket, the topic and the queue.</summary>
    private const int KeyUsersBesideFunctions = 6;

    /// <summary>Returns the batches of a function.</summary>
    public Batches BatchesOf(StreamFunction function) =>
        Batches.Of(load, design.Shards, function.BatchSize, function.WindowSeconds, function.Lanes);

    /// <summary>Returns the milliseconds that Lambda bills for a batch of a function at the measured speed.</summary>
    public decimal MillisecondsOf(StreamFunction function) =>
        Math.Ceiling(measured.At(function.Name, BatchesOf(function).Records, figures => figures.Milliseconds));

    /// <summary>Returns the GB-seconds of a function per month.</summary>
    public decimal GigabyteSecondsOf(StreamFunction function) =>
        BatchesOf(function).PerMonth * MillisecondsOf(function) / 1000 * function.Memory / 1024;

    private string Does =>
        $"{string.Join(", ", design.Functions.Select(function => function.Name))}; few objects and items per batch, metrics through logs";

    /// <summary>Computes the bill.</summary>
    public Bill Compute(PriceTable prices)
    {
        var bill = new Bill(Name, Does, prices);
        AddStream(bill);
        foreach (var function in design.Functions)
        {
            bill.Add("lambda.request", BatchesOf(function).PerMonth);
            bill.Add(function.IsArm ? "lambda.arm64" : "lambda.x86_64", GigabyteSecondsOf(function));
        }

        foreach (var function in design.Functions)
        {
            AddWritesOf(bill, function);
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

    private void AddWritesOf(Bill bill, StreamFunction function)
    {
        switch (function.Name)
        {
            case ResourceNames.ArchiveFunction:
                AddArchive(bill, function);
                break;
            case ResourceNames.CountersFunction:
                bill.Add("dynamodb.write", PerMonth(function, figures => figures.Kilobytes("dynamodb:UpdateItem")));
                bill.Add("dynamodb.read", PerMonth(function, figures => figures.Calls("dynamodb:Query") + (figures.Kilobytes("dynamodb:BatchGetItem") * KeysPerKilobyte)));
                break;
            case ResourceNames.AlertsFunction:
                // An alert is looked up and marked, and the shard's lease is read, acquired and released, as if each alert were alone in its batch.
                var alerts = load.EventsPerMonth * measured.AlertShare;
                bill.Add("dynamodb.write", 3 * alerts);
                bill.Add("dynamodb.read", 2 * alerts);
                bill.Add("sns.publish", alerts);
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

    private void AddArchive(Bill bill, StreamFunction function)
    {
        var objects = PerMonth(function, figures => figures.Calls("s3:PutObject"));
        var kilobytes = PerMonth(function, figures => figures.Kilobytes("s3:PutObject")) * load.EventBytes / measured.BytesPerRecord;
        bill.Add("s3.put", objects);
        bill.Add("s3.storage", kilobytes * 1024 / Load.Gigabyte);
        bill.Add("s3.transition", objects > 0 && kilobytes / objects >= LeastMovedKilobytes ? objects : 0);
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
        bill.Add("xray.trace", design.Functions.Where(function => function.IsTraced).Sum(TracesOf));
        bill.Add("kms.key", design.Keys);
        bill.Add("kms.request", (decimal)(design.Functions.Count + KeyUsersBesideFunctions) * KeyRequestsPerHour * Load.HoursPerMonth);
    }

    private decimal TracesOf(StreamFunction function)
    {
        var invocations = BatchesOf(function).PerMonth;
        var first = Math.Min(invocations, Load.SecondsPerMonth);
        return first + ((invocations - first) * TracedShare);
    }

    private decimal PerMonth(StreamFunction function, Func<MeasuredFunction, decimal> figure)
    {
        var batches = BatchesOf(function);
        return batches.PerMonth * measured.At(function.Name, batches.Records, figure);
    }
}
